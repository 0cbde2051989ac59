import { startOfFile } from '../position.ts';
import type { Rule } from '../rule.ts';
import { few } from './wasmReports.ts';

/** Interfaces of the OutLayer worker, without their versions. */
const known = new Set([
  'near:rpc/api',
  'near:storage/api',
  'near:vrf/api',
  'near:payment/api',
  'outlayer:wallet/api',
]);

export const workerInterface: Rule = {
  code: 'wasi/worker-interface',
  title: 'Interfaces of the OutLayer worker',
  explanation: 'near:* and outlayer:* are no part of WASI: the OutLayer worker provides them.',
  severity: 'hint',
  wasm: ({ summary }) => {
    if (summary.kind !== 'component') return [];
    const names = summary.imports.filter((name) => /^(near|outlayer):/.test(name));
    if (names.length === 0) return [];
    const strange = names.filter((name) => !known.has(name.replace(/@.*/, '')));
    const message =
      strange.length > 0
        ? `The component imports ${few(strange)}, which the OutLayer worker doesn't have either. Correct the name, or remove what uses it.`
        : `The component imports ${few(names)}, which the OutLayer worker provides and other hosts don't.`;
    return [{ range: startOfFile, message, ...(strange.length > 0 ? { severity: 'error' as const } : {}) }];
  },
};
