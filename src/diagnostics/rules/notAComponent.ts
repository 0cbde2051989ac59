import { selectFormat } from '../../executor/detect.ts';
import { fixesOfActions } from '../fixes/actionFixes.ts';
import type { Rule } from '../rule.ts';
import { importsWasi, reportsOf } from './wasmReports.ts';

export const notAComponent: Rule = {
  code: 'wasi/not-a-component',
  title: 'A core module where a component is meant',
  explanation:
    'A host of WASI 0.2 loads components, which wasm32-wasip2 makes; a core module is what wasm32-wasip1 and wasm32-unknown-unknown make.',
  severity: 'error',
  wasm: ({ path, bytes, summary, target }) => {
    if (summary.kind !== 'module' || target !== 'wasm32-wasip2') return [];
    const canAdapt = importsWasi(summary) && summary.exports.some(({ name }) => name === '_start');
    const adapt = canAdapt ? fixesOfActions([{ kind: 'adapt-module', file: path }]) : [];
    return reportsOf('not-a-component', () => selectFormat(bytes, target)).map((report) => ({
      ...report,
      fixes: [...adapt, ...(report.fixes ?? [])],
    }));
  },
};
