import { findEntry } from '../../executor/wasmUnknownEntry.ts';
import { exportedSignatures } from '../../wasm/functionTypes.ts';
import type { Rule } from '../rule.ts';
import { importsWasi, reportsOf } from './wasmReports.ts';

export const bareModule: Rule = {
  code: 'wasi/bare-module',
  title: 'A module without WASI and without an entry',
  explanation:
    'wasm32-unknown-unknown makes modules that say nothing of how they are started. Programs for WASI are built for wasm32-wasip1 or wasm32-wasip2.',
  severity: 'error',
  wasm: ({ bytes, summary, target }) => {
    if (summary.kind !== 'module' || importsWasi(summary)) return [];
    if (target !== null && target !== 'wasm32-unknown-unknown') return [];
    const reports = reportsOf('missing-run', () => findEntry(exportedSignatures(bytes), summary));
    return reports.map((report) => ({
      ...report,
      message: `${report.message} A program with fn main() is built for wasm32-wasip1 or wasm32-wasip2.`,
    }));
  },
};
