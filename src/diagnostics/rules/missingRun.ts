import { checkRunExport } from '../../executor/wasiP2Checks.ts';
import { readComponent } from '../../wasm/component/readComponent.ts';
import type { Rule } from '../rule.ts';
import { reportsOf } from './wasmReports.ts';

export const missingRun: Rule = {
  code: 'wasi/missing-run',
  title: 'A component without wasi:cli/run',
  explanation:
    'A host starts a component at the function run of wasi:cli/run, which the compiler makes of fn main(). A library has none.',
  severity: 'error',
  wasm: ({ bytes, summary }) =>
    summary.kind === 'component' ? reportsOf('missing-run', () => checkRunExport(readComponent(bytes))) : [],
};
