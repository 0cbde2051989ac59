import type { Report } from '../finding.ts';
import { editFix } from '../fix.ts';
import type { LineIndex } from '../position.ts';
import type { Rule } from '../rule.ts';

const newName = 'wasm32-wasip1';

export const oldTargetName: Rule = {
  code: 'wasi/old-target-name',
  title: 'The target wasm32-wasi',
  explanation: 'Rust 1.84 removed the target wasm32-wasi; since 1.78 it has been called wasm32-wasip1.',
  severity: 'warning',
  config: ({ path, lines, code }) =>
    // Not wasm32-wasip1, nor wasm32-wasi-preview1-threads.
    [...code.matchAll(/(?<![\w-])wasm32-wasi(?![\w-])/g)].map((match) =>
      oldName(path, lines, match.index, match[0].length),
    ),
};

function oldName(path: string, lines: LineIndex, start: number, length: number): Report {
  const range = lines.rangeOf(start, start + length);
  return {
    range,
    message: `Rust 1.84 removed wasm32-wasi: build for its new name, ${newName}.`,
    fixes: [editFix(`Replace with ${newName}`, path, [{ range, newText: newName }], true)],
  };
}
