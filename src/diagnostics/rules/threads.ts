import { checkNoThreads } from '../../executor/wasiP1Checks.ts';
import type { Rule } from '../rule.ts';
import { reportsOf } from './wasmReports.ts';

export const threads: Rule = {
  code: 'wasi/threads',
  title: 'A module that uses threads',
  explanation:
    'Threads need a shared memory and a host that starts them, which neither WASI 0.2 nor the worker does.',
  severity: 'error',
  wasm: ({ bytes, summary }) =>
    summary.kind === 'module' ? reportsOf('unsupported-proposal', () => checkNoThreads(bytes, summary)) : [],
};
