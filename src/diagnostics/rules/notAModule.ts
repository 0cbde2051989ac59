import { selectFormat } from '../../executor/detect.ts';
import type { Rule } from '../rule.ts';
import { reportsOf } from './wasmReports.ts';

export const notAModule: Rule = {
  code: 'wasi/not-a-module',
  title: 'A component where a core module is meant',
  explanation: 'A host of WASI preview 1 loads core modules; a component is what wasm32-wasip2 makes.',
  severity: 'error',
  wasm: ({ bytes, summary, target }) =>
    summary.kind === 'component' && target !== null
      ? reportsOf('not-a-module', () => selectFormat(bytes, target))
      : [],
};
