import { LineIndex, isBefore } from './position.ts';
import type { Fix, TextEdit } from './fix.ts';

/** A text after edits whose ranges are all of the text before them. */
function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const lines = new LineIndex(text);
  const lastFirst = [...edits].sort((a, b) => (isBefore(a.range.start, b.range.start) ? 1 : -1));
  return lastFirst.reduce((result, { range, newText }) => {
    return result.slice(0, lines.offsetAt(range.start)) + newText + result.slice(lines.offsetAt(range.end));
  }, text);
}

/** Where a fix's changes are made. */
export interface WritableFiles {
  read(path: string): Promise<string | undefined>;
  exists(path: string): Promise<boolean>;
  write(path: string, text: string): Promise<void>;
  move(from: string, to: string): Promise<void>;
}

/** Makes a fix's changes; false, and nothing is changed, where a file that it makes exists or one that it needs doesn't. */
export async function applyFix(fix: Fix, files: WritableFiles): Promise<boolean> {
  if (fix.action !== null) return false;
  for (const change of fix.changes) {
    const made = change.kind === 'create' ? change.file : change.kind === 'move' ? change.to : null;
    const needed = change.kind === 'move' ? change.from : change.kind === 'edit' ? change.file : null;
    const isMovedHere = fix.changes.some((other) => other.kind === 'move' && other.to === needed);
    if (made !== null && (await files.exists(made))) return false;
    if (needed !== null && !isMovedHere && !(await files.exists(needed))) return false;
  }
  for (const change of fix.changes) {
    if (change.kind === 'create') await files.write(change.file, change.text);
    else if (change.kind === 'move') await files.move(change.from, change.to);
    else await files.write(change.file, applyEdits((await files.read(change.file)) ?? '', change.edits));
  }
  return true;
}
