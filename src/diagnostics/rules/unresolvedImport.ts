import { checkPackages } from '../../executor/component/checkImports.ts';
import { requiredImports } from '../../executor/component/requiredImports.ts';
import { checkImports, checkNoThreads } from '../../executor/wasiP1Checks.ts';
import { checkNoImports } from '../../executor/wasmUnknownChecks.ts';
import { readComponent } from '../../wasm/component/readComponent.ts';
import type { Rule } from '../rule.ts';
import { isPreview1, reportsOf } from './wasmReports.ts';

export const unresolvedImport: Rule = {
  code: 'wasi/unresolved-import',
  title: 'Imports that no host provides',
  explanation:
    'A function that was declared in an extern "C" block and found in no library is left for the host to provide, as an import of "env". No host of WASI does.',
  severity: 'error',
  wasm: (document) => {
    const { bytes, summary, target } = document;
    if (summary.kind === 'component')
      return reportsOf('missing-import', () => checkPackages(requiredImports(readComponent(bytes))));
    // Of wasm-bindgen's and those of threads there are rules of their own.
    if (summary.kind !== 'module' || target === 'wasm32-wasip2') return [];
    if (summary.imports.some(({ module }) => module.startsWith('__wbindgen'))) return [];
    return reportsOf('missing-import', () => {
      checkNoThreads(bytes, summary);
      if (isPreview1(summary, target)) checkImports(bytes, summary);
      else checkNoImports(summary);
    });
  },
};
