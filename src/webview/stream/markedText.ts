import { el } from '../dom.ts';
import { positionsIn } from './layout.ts';

/** A text with what is looked for marked in it. */
export function markedText(text: string, pattern: RegExp | null): (Node | string)[] {
  if (pattern === null) return [text];
  const parts: (Node | string)[] = [];
  let from = 0;
  for (const { start, end } of positionsIn(text, pattern, 100)) {
    parts.push(text.slice(from, start), el('mark', { text: text.slice(start, end) }));
    from = end;
  }
  return [...parts, text.slice(from)];
}
