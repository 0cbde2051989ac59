import { startOfFile } from '../position.ts';
import type { Rule } from '../rule.ts';
import { few } from './wasmReports.ts';

export const newerWasi: Rule = {
  code: 'wasi/newer-wasi',
  title: 'Interfaces of a WASI that is newer than the host',
  explanation: 'The program wants interfaces of WASI 0.3 or later; hosts of WASI 0.2 have none of them.',
  severity: 'error',
  wasm: ({ summary }) => {
    if (summary.kind !== 'component') return [];
    const newer = [...summary.imports, ...summary.exports].filter((name) => {
      const version = /^wasi:[^@]+@(\d+)\.(\d+)/.exec(name);
      return version !== null && (Number(version[1]) > 0 || Number(version[2]) > 2);
    });
    if (newer.length === 0) return [];
    const message = `The component needs ${few(newer)}; hosts of WASI 0.2 don't have that. Build it for WASI 0.2, such as with the target wasm32-wasip2.`;
    return [{ range: startOfFile, message }];
  },
};
