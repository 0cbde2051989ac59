import type { Primitive } from '../../../wasm/component/model.ts';
import type { CanonContext } from '../context.ts';
import { trap } from '../trap.ts';
import type { Codec, FlatType } from './codec.ts';

/** A codec for what is one core value, by how it stands in memory and how the two forms become a JavaScript value. */
function scalar<T extends number | bigint>(
  flat: FlatType,
  size: 1 | 2 | 4 | 8,
  load: (view: DataView, at: number) => T,
  store: (view: DataView, at: number, value: T) => void,
  fromFlat: (value: T) => T,
  toFlat: (value: T) => T = fromFlat,
): Codec {
  return {
    size,
    align: size,
    flat: [flat],
    load: (cx, at) => load(cx.memory.view, at),
    store: (cx, value, at) => store(cx.memory.view, at, value as T),
    lift: (_, values, at) => fromFlat(values[at] as T),
    lower: (_, value, values, at) => void (values[at] = toFlat(value as T)),
  };
}

const same = (value: number): number => value;

function charFrom(code: number): string {
  const point = code >>> 0;
  if (point >= 0x110000) trap('integer out of range for char');
  if (point >= 0xd800 && point <= 0xdfff) trap('surrogate is not a char');
  return String.fromCodePoint(point);
}

/** Accepts anything that begins with a whole code point. */
function charTo(value: unknown): number {
  const point = String(value).codePointAt(0);
  if (point === undefined || (point >= 0xd800 && point <= 0xdfff))
    trap('the host passed something that is not a char');
  return point;
}

const bool: Codec = {
  size: 1,
  align: 1,
  flat: ['i32'],
  load: (cx: CanonContext, at: number) => cx.memory.bytes[at] !== 0,
  store: (cx, value, at) => void (cx.memory.bytes[at] = value ? 1 : 0),
  lift: (_, values, at) => values[at] !== 0,
  lower: (_, value, values, at) => void (values[at] = value ? 1 : 0),
};

const char: Codec = {
  size: 4,
  align: 4,
  flat: ['i32'],
  load: (cx, at) => charFrom(cx.memory.view.getUint32(at, true)),
  store: (cx, value, at) => cx.memory.view.setUint32(at, charTo(value), true),
  lift: (_, values, at) => charFrom(values[at] as number),
  lower: (_, value, values, at) => void (values[at] = charTo(value)),
};

/** Codecs of the primitive types; integers that are too wide are cut to their width, as the ABI has it. */
export const scalars: Readonly<Record<Exclude<Primitive, 'string'>, Codec>> = {
  bool,
  char,
  s8: scalar(
    'i32',
    1,
    (v, at) => v.getInt8(at),
    (v, at, x) => v.setInt8(at, x),
    (x: number) => (x << 24) >> 24,
  ),
  u8: scalar(
    'i32',
    1,
    (v, at) => v.getUint8(at),
    (v, at, x) => v.setUint8(at, x),
    (x: number) => x & 0xff,
  ),
  s16: scalar(
    'i32',
    2,
    (v, at) => v.getInt16(at, true),
    (v, at, x) => v.setInt16(at, x, true),
    (x: number) => (x << 16) >> 16,
  ),
  u16: scalar(
    'i32',
    2,
    (v, at) => v.getUint16(at, true),
    (v, at, x) => v.setUint16(at, x, true),
    (x: number) => x & 0xffff,
  ),
  s32: scalar(
    'i32',
    4,
    (v, at) => v.getInt32(at, true),
    (v, at, x) => v.setInt32(at, x, true),
    (x: number) => x | 0,
  ),
  u32: scalar(
    'i32',
    4,
    (v, at) => v.getUint32(at, true),
    (v, at, x) => v.setUint32(at, x, true),
    (x: number) => x >>> 0,
  ),
  s64: scalar(
    'i64',
    8,
    (v, at) => v.getBigInt64(at, true),
    (v, at, x) => v.setBigInt64(at, x, true),
    (x: bigint) => BigInt.asIntN(64, x),
  ),
  u64: scalar(
    'i64',
    8,
    (v, at) => v.getBigUint64(at, true),
    (v, at, x) => v.setBigUint64(at, x, true),
    (x: bigint) => BigInt.asUintN(64, x),
  ),
  f32: scalar(
    'f32',
    4,
    (v, at) => v.getFloat32(at, true),
    (v, at, x) => v.setFloat32(at, x, true),
    same,
    Math.fround,
  ),
  f64: scalar(
    'f64',
    8,
    (v, at) => v.getFloat64(at, true),
    (v, at, x) => v.setFloat64(at, x, true),
    same,
  ),
};
