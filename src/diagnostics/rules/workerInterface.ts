import { isWorkerInterface, missingSetting, workerHas } from '../../executor/host/worker/interfaces.ts';
import type { OutlayerOptions } from '../../shared/outlayer.ts';
import { startOfFile } from '../position.ts';
import type { Rule } from '../rule.ts';
import { few } from './wasmReports.ts';

export const workerInterface: Rule = {
  code: 'wasi/worker-interface',
  title: 'Interfaces of the OutLayer worker',
  explanation: 'near:* and outlayer:* are no part of WASI: the OutLayer worker provides them.',
  severity: 'hint',
  wasm: ({ summary, outlayer }) => {
    if (summary.kind !== 'component') return [];
    const names = summary.imports.filter(isWorkerInterface);
    if (names.length === 0) return [];
    const strange = names.filter((name) => !workerHas(name));
    const message =
      strange.length > 0
        ? `The component imports ${few(strange)}, which the OutLayer worker doesn't have either. Correct the name, or remove what uses it.`
        : `The component imports ${few(names)}, which the OutLayer worker provides and other hosts don't.${lacking(names, outlayer)}`;
    return [{ range: startOfFile, message, ...(strange.length > 0 ? { severity: 'error' as const } : {}) }];
  },
};

/** What a run without settings of its own would say of the first that it lacks, and each saved case as well. */
function lacking(names: readonly string[], runs: readonly OutlayerOptions[]): string {
  for (const name of names) {
    const [missing, ...others] = runs.map((run) => missingSetting(name, run));
    if (missing != null && !others.includes(null)) return ` A run here has no ${name} yet. ${missing.hint}`;
  }
  return '';
}
