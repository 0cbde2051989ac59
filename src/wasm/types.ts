import { type ByteReader, invalidWasm } from './byteReader.ts';

/** Codes of the value types, as single bytes of the binary format. */
export const valueType = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
  funcref: 0x70,
  externref: 0x6f,
} as const;

/** What a module imports or exports. */
export type ExternKind = 'func' | 'table' | 'memory' | 'global' | 'tag';

/** A memory's or table's limits with their flags; 64-bit limits are kept as numbers, exact up to 2^53. */
export interface ReadLimits {
  readonly minimum: number;
  readonly maximum: number | null;
  readonly shared: boolean;
  /** Memory64: addresses are i64. */
  readonly is64: boolean;
  /** Of the custom-page-sizes proposal. */
  readonly customPageSize: boolean;
}

const hasMaximum = 1;
const isShared = 2;
const is64Bit = 4;
const hasPageSize = 8;

/** Limits of a memory or table, in pages or elements; bounds beyond 2^53 lose precision. */
export function readLimits(reader: ByteReader): ReadLimits {
  const at = reader.position;
  const flags = reader.u8();
  if (flags > 15) throw invalidWasm('unknown flags of limits', at);
  const is64 = (flags & is64Bit) !== 0;
  const bound = (): number => (is64 ? u64AsNumber(reader) : reader.u32());
  const minimum = bound();
  const maximum = (flags & hasMaximum) === 0 ? null : bound();
  const customPageSize = (flags & hasPageSize) !== 0;
  if (customPageSize) reader.u32();
  return { minimum, maximum, shared: (flags & isShared) !== 0, is64, customPageSize };
}

function u64AsNumber(reader: ByteReader): number {
  const start = reader.position;
  let result = 0;
  for (let n = 0; n < 10; n++) {
    const byte = reader.u8();
    result += (byte & 0x7f) * 2 ** (7 * n);
    if (byte < 0x80) return result;
  }
  throw invalidWasm('a LEB128 number longer than 10 bytes', start);
}

/**
 * A value type's code. The typed references of later proposals, two bytes and more, are read whole and give
 * their first byte; whether a type is known is for the caller to say.
 */
export function readValueType(reader: ByteReader): number {
  const code = reader.u8();
  if (code === 0x63 || code === 0x64) reader.s33();
  return code;
}

export interface GlobalType {
  readonly type: number;
  readonly mutable: boolean;
}

export function readGlobalType(reader: ByteReader): GlobalType {
  const type = readValueType(reader);
  return { type, mutable: reader.u8() !== 0 };
}

export interface TableType {
  readonly element: number;
  readonly limits: ReadLimits;
}

export function readTableType(reader: ByteReader): TableType {
  const element = readValueType(reader);
  return { element, limits: readLimits(reader) };
}
