import type { TextEdit } from '../fix.ts';
import type { LineIndex, Position } from '../position.ts';

interface Text {
  readonly text: string;
  readonly lines: LineIndex;
}

/** What a text's lines end with: what is added to it, or made beside it, ends with the same. */
export function newline(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The end of the line that an offset is in, behind the comment that may stand there. */
export function endOfLine({ text, lines }: Text, offset: number): Position {
  return lines.positionAt(offset + /\r?\n|$/.exec(text.slice(offset))!.index);
}

/** Adds a line below the one that a position is in. */
export function lineBelow(to: Text, position: Position, line: string): TextEdit {
  const end = endOfLine(to, to.lines.offsetAt(position));
  return { range: { start: end, end }, newText: newline(to.text) + line };
}
