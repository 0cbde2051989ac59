import { camelCase } from '../names.ts';
import { alignTo, type Codec, type FlatType, mostFlat } from './codec.ts';

interface Layout {
  readonly size: number;
  readonly align: Codec['align'];
  readonly flat: readonly FlatType[];
  /** Of each part in memory. */
  readonly offsets: readonly number[];
  /** Of each part among the core values. */
  readonly flatOffsets: readonly number[];
}

function layOut(parts: readonly Codec[]): Layout {
  let size = 0;
  let align: Codec['align'] = 1;
  const offsets: number[] = [];
  const flat: FlatType[] = [];
  const flatOffsets: number[] = [];
  for (const part of parts) {
    size = alignTo(size, part.align);
    offsets.push(size);
    size += part.size;
    if (part.align > align) align = part.align;
    flatOffsets.push(flat.length);
    if (flat.length <= mostFlat) flat.push(...part.flat);
  }
  return { size: alignTo(size, align), align, flat: flat.slice(0, mostFlat + 1), offsets, flatOffsets };
}

/** The codec of a tuple: an array of its parts. Also that of parameters passed in memory. */
export function tuple(parts: readonly Codec[]): Codec {
  const { size, align, flat, offsets, flatOffsets } = layOut(parts);
  return {
    size,
    align,
    flat,
    load: (cx, at) => parts.map((part, i) => part.load(cx, at + offsets[i]!)),
    store(cx, value, at) {
      const values = value as readonly unknown[];
      parts.forEach((part, i) => part.store(cx, values[i], at + offsets[i]!));
    },
    lift: (cx, values, at) => parts.map((part, i) => part.lift(cx, values, at + flatOffsets[i]!)),
    lower(cx, value, values, at) {
      const items = value as readonly unknown[];
      parts.forEach((part, i) => part.lower(cx, items[i], values, at + flatOffsets[i]!));
    },
  };
}

/** The codec of a record: an object with its fields' names in camel case. */
export function record(fields: readonly { readonly name: string; readonly codec: Codec }[]): Codec {
  const whole = tuple(fields.map((field) => field.codec));
  const names = fields.map((field) => camelCase(field.name));
  const toObject = (values: unknown): Record<string, unknown> => {
    const object: Record<string, unknown> = {};
    names.forEach((name, i) => (object[name] = (values as unknown[])[i]));
    return object;
  };
  const toArray = (value: unknown): unknown[] =>
    names.map((name) => (value as Record<string, unknown>)[name]);
  return {
    ...whole,
    load: (cx, at) => toObject(whole.load(cx, at)),
    store: (cx, value, at) => whole.store(cx, toArray(value), at),
    lift: (cx, values, at) => toObject(whole.lift(cx, values, at)),
    lower: (cx, value, values, at) => whole.lower(cx, toArray(value), values, at),
  };
}
