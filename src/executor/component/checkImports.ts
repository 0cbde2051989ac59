import { WorkbenchError } from '../../shared/workbenchError.ts';
import type { HostInterfaces } from '../host/preview2/preview2.ts';
import { hostFunction, hostInterface, hostResource } from './hostFunctions.ts';
import { splitVersion } from './names.ts';
import type { RequiredImport } from './requiredImports.ts';

/** Interfaces that programs for the OutLayer worker import, and that only it has. */
const workerNamespaces = ['near:', 'outlayer:'];

/**
 * Holds what a component imports against what the host has, before anything of it runs.
 *
 * @throws WorkbenchError `unsupported-wasi-version`, or `missing-import` naming each interface or function
 */
export function checkImports(imports: readonly RequiredImport[], host: HostInterfaces): void {
  for (const { name } of imports) checkVersion(name);
  const missing = imports.flatMap((required) => missingOf(required, host));
  if (missing.length === 0) return;
  const described = missing.map((name) =>
    isWorkers(name) ? `${name} (the worker's interface, not provided here)` : name,
  );
  throw new WorkbenchError(
    'missing-import',
    `The component imports what nobody provides: ${described.join(', ')}.`,
    {
      cause: missing.join('\n'),
      hint: missing.some(isWorkers)
        ? 'Run it on the OutLayer worker, or build it without what uses these interfaces.'
        : 'Build it for WASI 0.2 without these interfaces, or compose it with a component that exports them.',
    },
  );
}

function isWorkers(name: string): boolean {
  return workerNamespaces.some((namespace) => name.startsWith(namespace));
}

function checkVersion(name: string): void {
  const { base, version } = splitVersion(name);
  if (!base.startsWith('wasi:') || version === null || /^0\.2(\.|$)/.test(version)) return;
  throw new WorkbenchError('unsupported-wasi-version', `The component needs ${name}; this runs WASI 0.2.`, {
    hint: 'Build it for WASI 0.2, such as with the target wasm32-wasip2.',
  });
}

function missingOf({ name, kind, functions, resources }: RequiredImport, host: HostInterfaces): string[] {
  if (kind === 'other') return [name];
  const members = hostInterface(host, name);
  if (kind === 'func') return hostFunction(host, null, name, 0) === undefined ? [name] : [];
  if (members === undefined) return [name];
  const absent = [
    ...functions.filter((func) => hostFunction(host, name, func, 0) === undefined),
    ...resources.filter((resource) => hostResource(members, resource) === undefined),
  ];
  return absent.map((member) => `${name}#${member}`);
}
