import { startOfFile } from '../position.ts';
import type { Rule } from '../rule.ts';
import { few } from './wasmReports.ts';

const wasi = new Set(['wasi_snapshot_preview1', 'wasi_unstable', 'wasi']);

export const unresolvedImport: Rule = {
  code: 'wasi/unresolved-import',
  title: 'Imports that no host provides',
  explanation:
    'A function that was declared in an extern "C" block and found in no library is left for the host to provide, as an import of "env". No host of WASI does.',
  severity: 'error',
  wasm: ({ summary }) => {
    if (summary.kind !== 'module') return [];
    const names = summary.imports
      .filter(({ module }) => !wasi.has(module) && !module.startsWith('__wbindgen'))
      .map(({ module, name }) => `${module}::${name}`);
    if (names.length === 0) return [];
    const message = `Nobody provides what the module imports: ${few(names)}. Link the library that has it, or remove what calls it.`;
    return [{ range: startOfFile, message }];
  },
};
