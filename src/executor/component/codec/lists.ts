import { allocate, type CanonContext } from '../context.ts';
import { trap } from '../trap.ts';
import type { ValueType } from '../types.ts';
import type { Codec } from './codec.ts';

/** The typed array that a list of numbers is in JavaScript. */
const typedArrays = {
  u8: Uint8Array,
  s8: Int8Array,
  u16: Uint16Array,
  s16: Int16Array,
  u32: Uint32Array,
  s32: Int32Array,
  u64: BigUint64Array,
  s64: BigInt64Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;

function checkList(cx: CanonContext, pointer: number, length: number, element: Codec): number {
  const at = pointer >>> 0;
  if (at % element.align !== 0) trap('list pointer is not aligned');
  if (at + length * element.size > cx.memory.bytes.byteLength) {
    trap('list pointer/length out of bounds of memory');
  }
  return at;
}

/** A list whose elements lie in memory one after another; `lift` and `lower` are given where, checked. */
function listCodec(
  element: Codec,
  lift: (cx: CanonContext, at: number, length: number) => unknown,
  store: (cx: CanonContext, values: ArrayLike<unknown>, at: number) => void,
): Codec {
  const liftAt = (cx: CanonContext, pointer: number, length: number): unknown =>
    lift(cx, checkList(cx, pointer, length, element), length);
  const lowerNew = (cx: CanonContext, values: ArrayLike<unknown>): number => {
    const at = allocate(cx, element.align, values.length * element.size);
    store(cx, values, at);
    return at;
  };
  return {
    size: 8,
    align: 4,
    flat: ['i32', 'i32'],
    load(cx, at) {
      const { view } = cx.memory;
      return liftAt(cx, view.getUint32(at, true), view.getUint32(at + 4, true));
    },
    store(cx, value, at) {
      const values = value as ArrayLike<unknown>;
      const pointer = lowerNew(cx, values);
      const { view } = cx.memory;
      view.setUint32(at, pointer, true);
      view.setUint32(at + 4, values.length, true);
    },
    lift: (cx, flat, at) => liftAt(cx, flat[at] as number, (flat[at + 1] as number) >>> 0),
    lower(cx, value, flat, at) {
      const values = value as ArrayLike<unknown>;
      flat[at] = lowerNew(cx, values);
      flat[at + 1] = values.length;
    },
  };
}

/** Bytes are passed as a view into memory where nothing of the guest runs before the host is done with it. */
function byteList(element: Codec): Codec {
  return listCodec(
    element,
    (cx, at, length) => {
      const view = cx.memory.bytes.subarray(at, at + length);
      return cx.copies ? view.slice() : view;
    },
    (cx, values, at) => cx.memory.bytes.set(values as ArrayLike<number>, at),
  );
}

/** The codec of `list<type>`, `element` being that of the type. */
export function list(type: ValueType, element: Codec): Codec {
  if (type.kind === 'u8') return byteList(element);
  const store = (cx: CanonContext, values: ArrayLike<unknown>, at: number): void => {
    for (let i = 0; i < values.length; i++) element.store(cx, values[i], at + i * element.size);
  };
  if (type.kind in typedArrays) {
    const ArrayType = typedArrays[type.kind as keyof typeof typedArrays];
    const lift = (cx: CanonContext, at: number, length: number): unknown =>
      new ArrayType(cx.memory.bytes.buffer.slice(at, at + length * element.size));
    return listCodec(element, lift, store);
  }
  const lift = (cx: CanonContext, at: number, length: number): unknown => {
    const values: unknown[] = [];
    for (let i = 0; i < length; i++) values.push(element.load(cx, at + i * element.size));
    return values;
  };
  return listCodec(element, lift, store);
}
