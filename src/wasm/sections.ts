import { type ByteReader, invalidWasm } from './byteReader.ts';

/** Section ids of a core module (WebAssembly core specification, binary format, modules). */
export const sectionId = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
  tag: 13,
} as const;

/** A section's place, in offsets from the start of the bytes. */
export interface Section {
  readonly id: number;
  /** Of the id byte. */
  readonly start: number;
  /** Of the first byte after the size; a custom section's name stands there. */
  readonly contentStart: number;
  /** One past the last byte. */
  readonly end: number;
}

/** Length of the preamble: magic and version. */
export const preambleLength = 8;

/** Reads the preamble of a core module, which must be there. */
export function readCorePreamble(reader: ByteReader): void {
  const start = reader.position;
  if (reader.fixedU32() !== 0x6d736100) throw invalidWasm('no WebAssembly magic number', start);
  if (reader.fixedU32() !== 1) throw invalidWasm('not version 1 of a core module', start + 4);
}

/** The sections from the reader's position to its end, in order, each within bounds; their contents unread. */
export function readSections(reader: ByteReader): Section[] {
  const sections: Section[] = [];
  while (!reader.atEnd) {
    const start = reader.position;
    const id = reader.u8();
    const size = reader.u32();
    const contentStart = reader.position;
    if (size > reader.end - contentStart) throw invalidWasm('a section that runs past the end', start);
    reader.skip(size);
    sections.push({ id, start, contentStart, end: contentStart + size });
  }
  return sections;
}
