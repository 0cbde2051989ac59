import { structuredPatch } from 'diff';
import type { DiffLine, TextDifference } from '../../shared/panelHistory.ts';
import { prettyJson } from '../../shared/json.ts';

/** UTF-16 units up to which texts are compared line by line. */
const comparedUnits = 2_000_000;
/** Milliseconds, and changed lines, after which the editor's own diff has to do. */
const patience = { timeout: 300, maxEditLength: 2000 };
const shownLines = 40;

/** How the later of two texts differs, in the lines that a person would see. */
export function textDifference(before: string, after: string): TextDifference {
  if (before === after) return { kind: 'same' };
  if (before.length + after.length > comparedUnits) return { kind: 'not-compared' };
  const [one, other] = [laidOut(before), laidOut(after)];
  const patch = structuredPatch('', '', one, other, undefined, undefined, { context: 2, ...patience });
  if (patch === undefined) return { kind: 'not-compared' };
  const lines = patch.hunks.flatMap(({ lines }, position): DiffLine[] => [
    ...(position === 0 ? [] : [{ kind: 'cut', text: '' } as const]),
    ...lines.filter((line) => !line.startsWith('\\')).map(diffLine),
  ]);
  const count = (kind: DiffLine['kind']) => lines.filter((line) => line.kind === kind).length;
  const shown =
    lines.length <= shownLines ? lines : [...lines.slice(0, shownLines), { kind: 'cut', text: '' } as const];
  return { kind: 'different', added: count('added'), removed: count('removed'), lines: shown };
}

/** JSON as the panel lays it out, so that one long line doesn't count as one change. */
export function laidOut(text: string): string {
  return prettyJson(text) ?? text;
}

function diffLine(line: string): DiffLine {
  const kind = line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'same';
  return { kind, text: line.slice(1, 1001) };
}
