/** A way of showing a stream, with a search in it. */
export interface Layout {
  readonly element: HTMLElement;
  /** Marks what is found, and goes to no match yet. */
  find(pattern: FindPattern): Matches;
  clearFind(): void;
}

export interface Matches {
  readonly count: number;
  /** Whether there are more than are counted. */
  readonly more: boolean;
  /** Brings one into sight. */
  go(match: number): void;
}

/** What is looked for, in text and in bytes. */
export interface FindPattern {
  readonly text: RegExp;
  readonly bytes: Uint8Array;
}

export const mostMatches = 10_000;

export const noMatches: Matches = { count: 0, more: false, go: () => undefined };

/** Upper and lower case are the same in text. `0a ff` also means these bytes. */
export function findPattern(query: string): FindPattern {
  const text = new RegExp(query.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'giu');
  const isHex = /^\s*[\da-f]{2}(?:\s+[\da-f]{2})+\s*$/i.test(query);
  const bytes = isHex
    ? Uint8Array.from(query.trim().split(/\s+/), (pair) => Number.parseInt(pair, 16))
    : new TextEncoder().encode(query);
  return { text, bytes };
}

/** Where a pattern stands in a text: at most {@link mostMatches}. */
export function positionsIn(
  text: string,
  pattern: RegExp,
  limit = mostMatches,
): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const { index, 0: match } of text.matchAll(pattern)) {
    if (found.length >= limit) break;
    found.push({ start: index, end: index + match.length });
  }
  return found;
}
