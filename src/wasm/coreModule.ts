import { ByteReader, invalidWasm } from './byteReader.ts';
import { readCorePreamble, readSections, type Section, sectionId } from './sections.ts';
import { type ExternKind, readGlobalType, readLimits, readTableType } from './types.ts';

/** An import as it stands in the import section; its type's bytes are at `typeOffset`. */
export interface CoreImport {
  readonly module: string;
  readonly name: string;
  readonly kind: ExternKind;
  /** Of the first byte after the kind. */
  readonly typeOffset: number;
}

export interface CoreExport {
  readonly name: string;
  readonly kind: ExternKind;
  /** In the index space of its kind. */
  readonly index: number;
}

const externKinds: readonly ExternKind[] = ['func', 'table', 'memory', 'global', 'tag'];

/** The sections of a core module, preamble checked. */
export function coreSections(bytes: Uint8Array): Section[] {
  const reader = new ByteReader(bytes);
  readCorePreamble(reader);
  return readSections(reader);
}

/** The imports in order; empty where there is no import section. */
export function readImports(bytes: Uint8Array, sections: readonly Section[]): CoreImport[] {
  return entries(bytes, sections, sectionId.import, (reader) => {
    const module = reader.name();
    const name = reader.name();
    const kind = readExternKind(reader);
    const typeOffset = reader.position;
    skipExternType(reader, kind);
    return { module, name, kind, typeOffset };
  });
}

/** The exports in order; empty where there is no export section. */
export function readExports(bytes: Uint8Array, sections: readonly Section[]): CoreExport[] {
  return entries(bytes, sections, sectionId.export, (reader) => {
    const name = reader.name();
    const kind = readExternKind(reader);
    return { name, kind, index: reader.u32() };
  });
}

/** A custom section; `contentStart` is past its name. */
export interface CustomSection extends Section {
  readonly name: string;
}

/** The custom sections in order, such as `name`, `producers` and `.debug_line`. */
export function readCustomSections(bytes: Uint8Array, sections: readonly Section[]): CustomSection[] {
  return sections
    .filter((section) => section.id === sectionId.custom)
    .map((section) => {
      const reader = new ByteReader(bytes, section.contentStart, section.end);
      const name = reader.name();
      return { ...section, name, contentStart: reader.position };
    });
}

/** Reads a section that is a vector; a section of that id that comes twice is refused. */
function entries<T>(
  bytes: Uint8Array,
  sections: readonly Section[],
  id: number,
  read: (reader: ByteReader) => T,
): T[] {
  const found = sections.filter((section) => section.id === id);
  const [section, second] = found;
  if (section === undefined) return [];
  if (second !== undefined) throw invalidWasm('a section that comes twice', second.start);
  const reader = new ByteReader(bytes, section.contentStart, section.end);
  const result: T[] = [];
  for (let left = reader.u32(); left > 0; left--) result.push(read(reader));
  if (!reader.atEnd) throw invalidWasm('a section longer than its contents', reader.position);
  return result;
}

export function readExternKind(reader: ByteReader): ExternKind {
  const at = reader.position;
  const kind = externKinds[reader.u8()];
  if (kind === undefined) throw invalidWasm('an unknown kind of import or export', at);
  return kind;
}

function skipExternType(reader: ByteReader, kind: ExternKind): void {
  if (kind === 'func') reader.u32();
  else if (kind === 'table') readTableType(reader);
  else if (kind === 'memory') readLimits(reader);
  else if (kind === 'global') readGlobalType(reader);
  else {
    reader.u8();
    reader.u32();
  }
}
