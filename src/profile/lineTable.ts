import type { ProfiledLine } from '../shared/profile.ts';
import type { CodePlace } from './inlinedCode.ts';

type Place = Pick<ProfiledLine, 'file' | 'line'>;

/** The lines of a run, with what they cost so far. */
export class LineTable {
  readonly #rows = new Map<string, Map<number, { self: number; total: number }>>();

  /**
   * Adds what code of a line cost.
   *
   * @param copies what it is inlined in; recursion may have one line there twice
   */
  add(place: Place, copies: CodePlace['copies'], units: number): void {
    const own = this.#row(place);
    own.self += units;
    const rows = new Set([own]);
    for (const { call } of copies) if (call !== null && call.line > 0) rows.add(this.#row(call));
    for (const row of rows) row.total += units;
  }

  /** Dearest first. */
  sorted(): ProfiledLine[] {
    const lines = [...this.#rows].flatMap(([file, rows]) =>
      [...rows].map(([line, { self, total }]) => ({ file, line, self, total })),
    );
    return lines.sort((a, b) => b.self - a.self || b.total - a.total);
  }

  #row({ file, line }: Place) {
    let rows = this.#rows.get(file);
    if (rows === undefined) {
      rows = new Map<number, { self: number; total: number }>();
      this.#rows.set(file, rows);
    }
    let row = rows.get(line);
    if (row === undefined) rows.set(line, (row = { self: 0, total: 0 }));
    return row;
  }
}
