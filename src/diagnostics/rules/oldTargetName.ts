import type { Report } from '../finding.ts';
import { editFix } from '../fix.ts';
import type { LineIndex } from '../position.ts';
import type { Rule } from '../rule.ts';

const oldName = 'wasm32-wasi';
const newName = 'wasm32-wasip1';

export const oldTargetName: Rule = {
  code: 'wasi/old-target-name',
  title: 'The target wasm32-wasi',
  explanation: 'Rust 1.84 removed the target wasm32-wasi; since 1.78 it has been called wasm32-wasip1.',
  severity: 'warning',
  manifest: (manifest) =>
    manifest.entries.flatMap(({ path: [table, target], keyRange: { start, end } }) => {
      if (table !== 'target' || target !== oldName) return [];
      const from = manifest.lines.offsetAt(start);
      const at = manifest.text.slice(from, manifest.lines.offsetAt(end)).indexOf(oldName);
      if (at < 0) return [];
      // Two tables of one name are no TOML.
      const isFree = !manifest.below('target').some(({ name }) => name === newName);
      const found = report(manifest.path, manifest.lines, from + at);
      return [isFree ? found : { ...found, fixes: [] }];
    }),
  config: ({ path, lines, code }) =>
    // Not wasm32-wasip1, nor wasm32-wasi-preview1-threads.
    [...code.matchAll(/(?<![\w-])wasm32-wasi(?![\w-])/g)].map((match) => report(path, lines, match.index)),
};

function report(path: string, lines: LineIndex, start: number): Report {
  const range = lines.rangeOf(start, start + oldName.length);
  return {
    range,
    message: `Rust 1.84 removed wasm32-wasi: build for its new name, ${newName}.`,
    fixes: [editFix(`Replace with ${newName}`, path, [{ range, newText: newName }], true)],
  };
}
