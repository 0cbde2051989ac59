import { type ByteReader, invalidWasm } from '../byteReader.ts';
import type { Alias, CoreSort, NamedIndex, Sort, SortIndex } from './model.ts';

/** Components in components, and types in types: the validators' own bound, so that reading cannot recurse without end. */
export const mostNesting = 100;

const coreSorts: Readonly<Record<number, CoreSort>> = {
  0x00: 'core func',
  0x01: 'core table',
  0x02: 'core memory',
  0x03: 'core global',
  0x10: 'core type',
  0x11: 'core module',
  0x12: 'core instance',
};
const sorts: readonly Sort[] = ['func', 'value', 'type', 'component', 'instance'];

/** A count, then that many items. Each takes a byte at least, so a count cannot ask for more than there is. */
export function vector<T>(reader: ByteReader, item: (reader: ByteReader) => T): T[] {
  const at = reader.position;
  const count = reader.u32();
  if (count > reader.end - reader.position) throw invalidWasm('a vector longer than its section', at);
  const items: T[] = [];
  for (let i = 0; i < count; i++) items.push(item(reader));
  return items;
}

/** Refuses an empty list, at the offset given. */
export function atLeastOne<T>(items: T[], at: number): T[] {
  if (items.length === 0) throw invalidWasm('an empty type', at);
  return items;
}

/** A part that may be missing: a mark, then the part where it is 1. */
export function optional<T>(reader: ByteReader, item: (reader: ByteReader) => T): T | null {
  const at = reader.position;
  const there = reader.u8();
  if (there > 1) throw invalidWasm('an unknown mark of an optional part', at);
  return there === 0 ? null : item(reader);
}

export function labels(reader: ByteReader): string[] {
  return vector(reader, (r) => r.name());
}

function readCoreSort(reader: ByteReader): CoreSort {
  const at = reader.position;
  const sort = coreSorts[reader.u8()];
  if (sort === undefined) throw invalidWasm('an unknown core sort', at);
  return sort;
}

function readSort(reader: ByteReader): Sort {
  const at = reader.position;
  const code = reader.u8();
  if (code === 0) return readCoreSort(reader);
  const sort = sorts[code - 1];
  if (sort === undefined) throw invalidWasm('an unknown sort', at);
  return sort;
}

export function readSortIndex(reader: ByteReader): SortIndex {
  return { sort: readSort(reader), index: reader.u32() };
}

export function readCoreExport(reader: ByteReader): NamedIndex {
  return { name: reader.name(), sort: readCoreSort(reader), index: reader.u32() };
}

export function readArgument(reader: ByteReader): NamedIndex {
  return { name: reader.name(), ...readSortIndex(reader) };
}

export function readAlias(reader: ByteReader): Alias {
  const at = reader.position;
  const sort = readSort(reader);
  const target = reader.u8();
  const first = reader.u32();
  switch (target) {
    case 0:
      return { kind: 'alias export', sort, instance: first, name: reader.name() };
    case 1:
      return { kind: 'alias core export', sort: sort as CoreSort, instance: first, name: reader.name() };
    case 2:
      return { kind: 'alias outer', sort, count: first, index: reader.u32() };
    default:
      throw invalidWasm('an unknown kind of alias', at);
  }
}

/**
 * Core types inside component and instance types describe core modules that are passed about, which only
 * hand-written components do; a plain function type is stepped over, anything else refused.
 */
export function skipCoreType(reader: ByteReader): void {
  const at = reader.position;
  if (reader.u8() !== 0x60) throw invalidWasm('a core type that is not a function', at);
  vector(reader, (r) => r.u8());
  vector(reader, (r) => r.u8());
}
