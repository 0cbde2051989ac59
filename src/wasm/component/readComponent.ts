import { ByteReader, invalidWasm } from '../byteReader.ts';
import { readSections, type Section } from '../sections.ts';
import type { Component, Definition } from './model.ts';
import { mostNesting, readAlias, readArgument, readCoreExport, readSortIndex, vector } from './readParts.ts';
import { readCanon } from './readCanon.ts';
import { readExternDesc, readExternName, readType } from './readTypes.ts';

/** Section ids of a component (Component Model, Binary.md); custom sections are 0. */
const sectionId = {
  custom: 0,
  coreModule: 1,
  coreInstance: 2,
  coreType: 3,
  component: 4,
  instance: 5,
  alias: 6,
  type: 7,
  canon: 8,
  start: 9,
  import: 10,
  export: 11,
} as const;

/**
 * Reads a component. Core modules are cut out and left unread.
 *
 * @throws WorkbenchError `invalid-wasm` with the offset, or `unsupported-proposal`
 */
export function readComponent(bytes: Uint8Array): Component {
  return readNested(new ByteReader(bytes), 0);
}

function readNested(reader: ByteReader, depth: number): Component {
  const at = reader.position;
  if (depth > mostNesting) throw invalidWasm('components nested too deep', at);
  if (reader.fixedU32() !== 0x6d736100) throw invalidWasm('no WebAssembly magic number', at);
  if (reader.fixedU32() !== 0x1000d) throw invalidWasm('not version 0x0d of a component', at + 4);
  const definitions: Definition[] = [];
  for (const section of readSections(reader)) {
    const contents = new ByteReader(reader.bytes, section.contentStart, section.end);
    for (const definition of readSection(section, contents, depth)) definitions.push(definition);
    if (!contents.atEnd) throw invalidWasm('a section longer than its contents', contents.position);
  }
  return { definitions };
}

function readSection(section: Section, reader: ByteReader, depth: number): Definition[] {
  switch (section.id) {
    case sectionId.custom:
      reader.skip(section.end - section.contentStart);
      return [];
    case sectionId.coreModule:
      reader.skip(section.end - section.contentStart);
      return [{ kind: 'core module', bytes: reader.bytes.subarray(section.contentStart, section.end) }];
    case sectionId.coreInstance:
      return vector(reader, readCoreInstance);
    case sectionId.coreType: {
      const count = reader.u32();
      reader.skip(section.end - reader.position);
      if (count > section.end - section.contentStart) {
        throw invalidWasm('a vector longer than its section', section.contentStart);
      }
      return Array.from({ length: count }, () => ({ kind: 'core type' }));
    }
    case sectionId.component:
      return [{ kind: 'component', component: readNested(reader, depth + 1) }];
    case sectionId.instance:
      return vector(reader, readInstance);
    case sectionId.alias:
      return vector(reader, readAlias);
    case sectionId.type:
      return vector(reader, (r) => ({ kind: 'type', type: readType(r, 0) }));
    case sectionId.canon:
      return vector(reader, readCanon);
    case sectionId.import:
      return vector(reader, (r) => ({ kind: 'import', name: readExternName(r), desc: readExternDesc(r) }));
    case sectionId.export:
      return vector(reader, readExport);
    default:
      throw invalidWasm(
        section.id === sectionId.start
          ? 'a component start function'
          : `an unknown section (id ${section.id})`,
        section.start,
      );
  }
}

function readCoreInstance(reader: ByteReader): Definition {
  const at = reader.position;
  const form = reader.u8();
  if (form === 1) return { kind: 'core instance of exports', exports: vector(reader, readCoreExport) };
  if (form !== 0) throw invalidWasm('an unknown kind of core instance', at);
  const module = reader.u32();
  const args = vector(reader, (r) => {
    const name = r.name();
    const sortAt = r.position;
    if (r.u8() !== 0x12) throw invalidWasm('an argument that is not a core instance', sortAt);
    return { name, instance: r.u32() };
  });
  return { kind: 'instantiate core module', module, args };
}

function readInstance(reader: ByteReader): Definition {
  const at = reader.position;
  const form = reader.u8();
  if (form === 1) {
    const exports = vector(reader, (r) => ({ name: readExternName(r), ...readSortIndex(r) }));
    return { kind: 'instance of exports', exports };
  }
  if (form !== 0) throw invalidWasm('an unknown kind of instance', at);
  return { kind: 'instantiate component', component: reader.u32(), args: vector(reader, readArgument) };
}

function readExport(reader: ByteReader): Definition {
  const name = readExternName(reader);
  const of = readSortIndex(reader);
  const at = reader.position;
  const described = reader.u8();
  if (described > 1) throw invalidWasm('an unknown mark of an optional part', at);
  return { kind: 'export', name, of, desc: described === 0 ? null : readExternDesc(reader) };
}
