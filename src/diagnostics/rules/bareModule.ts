import { bareIsMute, type Entry, findEntry, isRustMain } from '../../executor/wasmUnknownEntry.ts';
import { exportedSignatures } from '../../wasm/functionTypes.ts';
import { fixesOfActions } from '../fixes/actionFixes.ts';
import { startOfFile } from '../position.ts';
import type { Rule } from '../rule.ts';
import { importsWasi, reportsOf } from './wasmReports.ts';

export const bareModule: Rule = {
  code: 'wasi/bare-module',
  title: 'A module without WASI',
  explanation:
    'wasm32-unknown-unknown makes modules that have no WASI, and say nothing of how they are started. Programs for WASI are built for wasm32-wasip1 or wasm32-wasip2.',
  severity: 'error',
  wasm: ({ bytes, summary, target }) => {
    if (summary.kind !== 'module' || importsWasi(summary)) return [];
    if (target !== null && target !== 'wasm32-unknown-unknown') return [];
    const entries: Entry[] = [];
    const withoutEntry = reportsOf('missing-run', () =>
      entries.push(findEntry(exportedSignatures(bytes), summary)),
    );
    if (!entries.some(isRustMain)) return withoutEntry;
    const fixes = fixesOfActions([{ kind: 'build-for-target', target: 'wasm32-wasip2' }]);
    return [{ range: startOfFile, message: bareIsMute, severity: 'hint', fixes }];
  },
};
