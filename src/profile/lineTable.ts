import type { Profile, ProfiledLine } from '../shared/profile.ts';
import { originOf } from './origin.ts';

type Place = Pick<ProfiledLine, 'file' | 'line'>;

interface Row {
  self: number;
  total: number;
  /** Of a line of the user's: its code, and what of others' is inlined in it. */
  own: number;
}

/** The lines of a run, with what they cost so far. */
export class LineTable {
  readonly #rows = new Map<string, Map<number, Row>>();
  readonly #yours = new Map<string, boolean>();

  /**
   * Adds what code of a line cost.
   *
   * @param inlinedFrom where that code was inlined from; recursion may have one line there twice
   */
  add(place: Place, inlinedFrom: readonly Place[], units: number): void {
    const own = this.#row(place);
    own.self += units;
    const rows = new Set([own]);
    for (const from of inlinedFrom) if (from.line > 0) rows.add(this.#row(from));
    for (const row of rows) row.total += units;
    const yours = [place, ...inlinedFrom].find(({ file, line }) => line > 0 && this.#isYours(file));
    if (yours !== undefined) this.#row(yours).own += units;
  }

  /** The user's own line that cost most, with what of others' code is inlined in it; null where there is none. */
  hottest(): NonNullable<Profile['hottest']> | null {
    let found: NonNullable<Profile['hottest']> | null = null;
    for (const [file, rows] of this.#rows) {
      for (const [line, { own }] of rows) if (own > (found?.self ?? 0)) found = { file, line, self: own };
    }
    return found;
  }

  /** Dearest first. */
  sorted(): ProfiledLine[] {
    const lines = [...this.#rows].flatMap(([file, rows]) =>
      [...rows].map(([line, { self, total }]) => ({ file, line, self, total })),
    );
    return lines.sort((a, b) => b.self - a.self || b.total - a.total);
  }

  #isYours(file: string): boolean {
    let yours = this.#yours.get(file);
    if (yours === undefined) this.#yours.set(file, (yours = originOf(file).origin === 'yours'));
    return yours;
  }

  #row({ file, line }: Place) {
    let rows = this.#rows.get(file);
    if (rows === undefined) {
      rows = new Map<number, Row>();
      this.#rows.set(file, rows);
    }
    let row = rows.get(line);
    if (row === undefined) rows.set(line, (row = { self: 0, total: 0, own: 0 }));
    return row;
  }
}
