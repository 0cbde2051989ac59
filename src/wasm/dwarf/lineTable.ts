import { Cursor } from './cursor.ts';
import { type LineHeader, readLineHeader } from './lineHeader.ts';
import { runLineProgram } from './lineProgram.ts';
import { lastFrom } from './lookup.ts';
import type { DwarfSections } from './sections.ts';

/** A place in a source file. Lines and columns count from 1; 0 where the compiler made code that belongs to none. */
export interface SourcePlace {
  /** As the compiler wrote it: absolute, or beneath the folder that it ran in. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface Row {
  readonly address: number;
  /** Null from the end of a sequence on. */
  readonly place: SourcePlace | null;
}

/** Which source line each piece of a module's code comes from: .debug_line, versions 2 to 5. */
export class LineTable {
  /** Files by the header's offset, for units. */
  readonly headers = new Map<number, LineHeader>();
  /** By the header's offset, ascending; of several at an address the last counts. */
  readonly #rows = new Map<number, Row[]>();
  readonly #all: Row[];

  /**
   * @param codeSize bytes of the code section; a linker gives discarded functions addresses beyond it, or 0
   * @param folder the folder in which the unit was compiled whose line numbers start at an offset of .debug_line
   */
  constructor(sections: DwarfSections, codeSize: number, folder: (start: number) => string) {
    const all: Row[][] = [];
    const cursor = new Cursor(sections.line);
    while (cursor.position < cursor.bytes.length) {
      const header = readLineHeader(cursor, sections, folder);
      this.headers.set(header.start, header);
      const sequences: Row[][] = [];
      let rows: Row[] = [];
      runLineProgram(
        cursor,
        header,
        (address, file, line, column) => {
          rows.push({ address, place: { file: header.files[file] ?? '', line, column } });
        },
        (address) => {
          const start = rows[0]?.address ?? 0;
          if (start > 0 && start < codeSize) sequences.push([...rows, { address, place: null }]);
          rows = [];
        },
      );
      cursor.position = header.end;
      this.#rows.set(header.start, ascending(sequences));
      all.push(...sequences);
    }
    this.#all = ascending(all);
  }

  /**
   * The place of the code at an address; null for none.
   *
   * @param table offset of the line numbers of the unit that the code is of; null where no unit is told
   */
  place(address: number, table: number | null = null): SourcePlace | null {
    const rows = table === null ? this.#all : (this.#rows.get(table) ?? []);
    return lastFrom(rows, address, (row) => row.address)?.place ?? null;
  }
}

function ascending(sequences: readonly Row[][]): Row[] {
  return sequences.toSorted((a, b) => a[0]!.address - b[0]!.address).flat();
}
