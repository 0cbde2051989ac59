import { WorkbenchError } from '../shared/workbenchError.ts';
import type { Component } from '../wasm/component/model.ts';

/** Whether a name is `wasi:cli/run` of any 0.2. */
export const isRun = (name: string): boolean => /^wasi:cli\/run@0\.2(\.|$)/.test(name);

/** @throws WorkbenchError `missing-run`, `unsupported-wasi-version` */
export function checkRunExport({ definitions }: Component): void {
  const exports = definitions.flatMap((definition) =>
    definition.kind === 'export' ? [definition.name] : [],
  );
  if (exports.some(isRun)) return;
  const newer = exports.find((name) => name.startsWith('wasi:cli/run@'));
  if (newer !== undefined) {
    throw new WorkbenchError(
      'unsupported-wasi-version',
      `The component exports ${newer}; this runs WASI 0.2.`,
      {
        hint: 'Build it for WASI 0.2, such as with the target wasm32-wasip2.',
      },
    );
  }
  throw new WorkbenchError(
    'missing-run',
    'The component does not export wasi:cli/run, so there is nothing to run.',
    {
      cause: exports.length === 0 ? 'It exports nothing.' : `It exports ${exports.join(', ')}.`,
      hint: 'Build a program with fn main() as a [[bin]], rather than a library.',
    },
  );
}
