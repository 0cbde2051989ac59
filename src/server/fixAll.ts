import { isBefore } from '../diagnostics/position.ts';
import type { Fix, TextEdit } from '../diagnostics/fix.ts';
import type { Finding } from '../diagnostics/finding.ts';

/**
 * One fix of every safe fix that findings of one file have, made at once; null where there are fewer than `least`.
 * Of fixes that overlap, the first is taken: the next check finds what is left.
 */
export function fixAll(findings: readonly Finding[], title: string, least = 1): Fix | null {
  const taken: TextEdit[] = [];
  let count = 0;
  for (const { file, fixes } of findings) {
    const edits = fixes.map((fix) => safeEdits(fix, file)).find((found) => found !== null);
    if (edits === undefined || edits.some((edit) => taken.some((other) => overlaps(edit, other)))) continue;
    taken.push(...edits);
    count++;
  }
  const [first] = findings;
  if (first === undefined || count < least) return null;
  return { title, safe: true, changes: [{ kind: 'edit', file: first.file, edits: taken }], action: null };
}

/** Null for a fix that isn't safe, or reaches beyond the file. */
function safeEdits({ safe, action, changes }: Fix, file: string): readonly TextEdit[] | null {
  const [only, ...others] = changes;
  if (!safe || action !== null || others.length > 0) return null;
  return only?.kind === 'edit' && only.file === file ? only.edits : null;
}

function overlaps({ range: a }: TextEdit, { range: b }: TextEdit): boolean {
  const same = JSON.stringify(a) === JSON.stringify(b);
  return same || (isBefore(a.start, b.end) && isBefore(b.start, a.end));
}
