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
  for (const { name } of imports) {
    checkVersion(name);
    if (workerHas(name)) checkConfigured(name, worker);
  }
  const missing = imports.flatMap((required) => missingOf(required, host));
  if (missing.length === 0) return;
  throw new WorkbenchError(
    'missing-import',
    `The component imports what nobody provides: ${missing.join(', ')}.`,
    {
      cause: missing.join('\n'),
      hint: missing.some(isWorkerInterface)
        ? 'The OutLayer worker doesn’t have it either, or not in this version: build it against the worker’s interfaces, version 0.1.0.'
        : 'Build it for WASI 0.2 without these interfaces, or compose it with a component that exports them.',
    },
  );
}

/** @throws WorkbenchError `missing-import` that says what to configure */
function checkConfigured(name: string, worker: OutlayerOptions): void {
  const missing = missingSetting(name, worker);
  if (missing === null) return;
  const { needs, hint, setting } = missing;
  throw new WorkbenchError('missing-import', `The component imports ${name}, which ${needs}.`, {
    cause: name,
    hint,
    actions: [{ kind: 'open-settings', setting }],
  });
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
