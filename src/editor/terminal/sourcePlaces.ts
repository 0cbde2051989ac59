/** A place in a Rust source that a line of text names. */
export interface SourcePlace {
  /** As it is written: absolute, or relative to something. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** UTF-16 units of the line from its start, and how many there are. */
  readonly offset: number;
  readonly length: number;
}

/** `file.rs:12:5`, as rustc, panics and backtraces write it; the column may be missing. */
const place = /(?:[A-Za-z]:[\\/])?[^\s:"'`<>|()[\]{}=,;]+\.rs:(\d+)(?::(\d+))?/g;

/** The places that a line of a terminal's output names, in their order. */
export function sourcePlaces(text: string): SourcePlace[] {
  return [...text.matchAll(place)].map(({ 0: found, 1: line, 2: column, index }) => ({
    file: found.slice(0, found.lastIndexOf('.rs:') + 3),
    line: Number(line),
    column: Number(column ?? 1),
    offset: index,
    length: found.length,
  }));
}
