import { noOutlayer, type OutlayerOptions } from '../../shared/outlayer.ts';
import { WorkbenchError } from '../../shared/workbenchError.ts';
import type { HostInterfaces } from '../host/preview2/preview2.ts';
import { isWorkerInterface, missingSetting, workerHas } from '../host/worker/interfaces.ts';
import { hostFunction, hostInterface, hostResource } from './hostFunctions.ts';
import { splitVersion } from './names.ts';
import type { RequiredImport } from './requiredImports.ts';

/**
 * Holds what a component imports against what the host has, before anything of it runs.
 *
 * @throws WorkbenchError `unsupported-wasi-version`, or `missing-import` naming each interface or function
 */
export function checkImports(
  imports: readonly RequiredImport[],
  host: HostInterfaces,
  worker: OutlayerOptions = noOutlayer,
): void {
  for (const { name } of imports) checkVersion(name);
  const missing = imports.flatMap((required) => missingOf(required, host));
  if (missing.length === 0) return;
  const settings = missing.map((name) => (workerHas(name) ? missingSetting(name, worker) : null));
  const described = missing.map((name, at) => {
    const needs = settings[at]?.needs;
    return needs === undefined ? name : `${name}, which ${needs}`;
  });
  const first = settings.find((setting) => setting !== null);
  if (first == null) throw unprovided(missing);
  throw new WorkbenchError(
    'missing-import',
    settings.every((setting) => setting !== null)
      ? `The component imports ${described.join('; ')}.`
      : `The component imports what this run does not have: ${described.join('; ')}.`,
    {
      cause: missing.join('\n'),
      hint: first.hint,
      actions: [{ kind: 'open-settings', setting: first.setting }],
    },
  );
}

/** Packages of WASI 0.2 that a run has interfaces of. */
const packages = /^wasi:(?:cli|clocks|filesystem|http|io|random|sockets)\//;

/**
 * What of this can be told without a host: interfaces of packages that no run has. The worker's are left to the rule
 * of their own.
 *
 * @throws WorkbenchError `unsupported-wasi-version` or `missing-import`
 */
export function checkPackages(imports: readonly RequiredImport[]): void {
  for (const { name } of imports) checkVersion(name);
  const missing = imports.flatMap(({ name }) =>
    packages.test(name) || isWorkerInterface(name) ? [] : [name],
  );
  if (missing.length > 0) throw unprovided(missing);
}

function unprovided(missing: readonly string[]): WorkbenchError {
  const cause = missing.join('\n');
  return new WorkbenchError('missing-import', nobodyProvides(missing), { cause, hint: hintOf(missing) });
}

function nobodyProvides(described: readonly string[]): string {
  return `The component imports what nobody provides: ${described.join('; ')}.`;
}

function hintOf(missing: readonly string[]): string {
  return missing.some(isWorkerInterface)
    ? 'The OutLayer worker doesn’t have it either, or not in this version: build it against the worker’s interfaces, version 0.1.0.'
    : 'Build it for WASI 0.2 without these interfaces, or compose it with a component that exports them.';
}

function checkVersion(name: string): void {
  const { base, version } = splitVersion(name);
  if (!base.startsWith('wasi:') || version === null || /^0\.2(\.|$)/.test(version)) return;
  throw new WorkbenchError('unsupported-wasi-version', `The component needs ${name}; this runs WASI 0.2.`, {
    hint: 'Build it for WASI 0.2, such as with the target wasm32-wasip2.',
  });
}

function missingOf({ name, kind, functions, resources }: RequiredImport, host: HostInterfaces): string[] {
  if (kind === 'other' || (isWorkerInterface(name) && !workerHas(name))) return [name];
  const members = hostInterface(host, name);
  if (kind === 'func') return hostFunction(host, null, name, 0) === undefined ? [name] : [];
  if (members === undefined) return [name];
  const absent = [
    ...functions.filter((func) => hostFunction(host, name, func, 0) === undefined),
    ...resources.filter((resource) => hostResource(members, resource) === undefined),
  ];
  return absent.map((member) => `${name}#${member}`);
}
