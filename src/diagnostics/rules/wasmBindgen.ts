import { startOfFile } from '../position.ts';
import type { Rule } from '../rule.ts';

export const wasmBindgen: Rule = {
  code: 'wasi/wasm-bindgen',
  title: 'Imports of wasm-bindgen',
  explanation:
    'wasm-bindgen connects modules to JavaScript in a browser. Crates bring it in for wasm32-unknown-unknown, often by a feature.',
  severity: 'error',
  wasm: ({ summary }) => {
    if (summary.kind !== 'module' || !summary.imports.some(({ module }) => module.startsWith('__wbindgen'))) {
      return [];
    }
    const message =
      'The module imports functions of JavaScript through wasm-bindgen, which is for browsers. Find the crate that brings it in with `cargo tree -i wasm-bindgen` and turn off that feature, or build for wasm32-wasip1 or wasm32-wasip2.';
    return [{ range: startOfFile, message }];
  },
};
