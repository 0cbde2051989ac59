import { selectFormat } from '../../executor/detect.ts';
import type { Rule } from '../rule.ts';
import { reportsOf } from './wasmReports.ts';

export const unknownFormat: Rule = {
  code: 'wasi/unknown-format',
  title: 'Not a WebAssembly program',
  explanation: 'The bytes are neither a component nor a core module, or not all of one.',
  severity: 'error',
  wasm: ({ bytes, summary }) =>
    summary.kind === 'other' ? reportsOf('unknown-format', () => selectFormat(bytes, null)) : [],
};
