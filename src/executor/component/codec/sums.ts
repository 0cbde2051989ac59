import type { CanonContext } from '../context.ts';
import { camelCase } from '../names.ts';
import { trap } from '../trap.ts';
import { alignTo, type Codec, type FlatType, type FlatValue, mostFlat } from './codec.ts';
import { joinFlat, narrow, widen } from './joinedFlat.ts';
import { scalars } from './scalars.ts';

/** How the cases of a variant read in JavaScript: which case a value is, what it carries, and the way back. */
interface CaseView {
  index(value: unknown): number;
  payload(value: unknown): unknown;
  make(index: number, payload: unknown): unknown;
}

function discriminantCodec(cases: number): Codec {
  return cases <= 0x100 ? scalars.u8 : cases <= 0x1_0000 ? scalars.u16 : scalars.u32;
}

/** The codec of anything that is one of several cases, each with a payload (its codec) or without (null). */
function sum(payloads: readonly (Codec | null)[], cases: CaseView): Codec {
  const discriminant = discriminantCodec(payloads.length);
  let align = discriminant.align;
  let payloadSize = 0;
  let joined: FlatType[] = [];
  for (const payload of payloads) {
    if (payload === null) continue;
    if (payload.align > align) align = payload.align;
    payloadSize = Math.max(payloadSize, payload.size);
    joined = joinFlat(joined, payload.flat);
  }
  const payloadOffset = alignTo(discriminant.size, align);
  const flat: FlatType[] = ['i32', ...joined].slice(0, mostFlat + 1) as FlatType[];
  const caseOf = (index: number): number => {
    if (index >= payloads.length) trap(`invalid variant discriminant ${index}`);
    return index;
  };

  return {
    size: alignTo(payloadOffset + payloadSize, align),
    align,
    flat,
    load(cx, at) {
      const index = caseOf(discriminant.load(cx, at) as number);
      return cases.make(index, payloads[index]?.load(cx, at + payloadOffset));
    },
    store(cx, value, at) {
      const index = cases.index(value);
      discriminant.store(cx, index, at);
      payloads[index]?.store(cx, cases.payload(value), at + payloadOffset);
    },
    lift(cx, values, at) {
      const index = caseOf((values[at] as number) >>> 0);
      const payload = payloads[index];
      if (payload == null) return cases.make(index, undefined);
      return cases.make(index, payload.lift(cx, narrow(values, at + 1, joined, payload.flat), 0));
    },
    lower(cx: CanonContext, value: unknown, values: FlatValue[], at: number) {
      const index = cases.index(value);
      values[at] = index;
      const payload = payloads[index];
      const own: FlatValue[] = [];
      payload?.lower(cx, cases.payload(value), own, 0);
      widen(own, payload?.flat ?? [], joined, values, at + 1);
    },
  };
}

interface Tagged {
  readonly tag: string;
  readonly val?: unknown;
}

/** `{ tag, val }`, the tag as it stands in WIT; `val` only where the case carries something. */
export function variant(cases: readonly { readonly name: string; readonly codec: Codec | null }[]): Codec {
  const indices = new Map(cases.map((c, i) => [c.name, i]));
  return sum(
    cases.map((c) => c.codec),
    {
      index: (value) => knownIndex(indices, (value as Tagged).tag),
      payload: (value) => (value as Tagged).val,
      make: (index, val) => {
        const { name, codec } = cases[index]!;
        return codec === null ? { tag: name } : { tag: name, val };
      },
    },
  );
}

function knownIndex(indices: ReadonlyMap<string, number>, name: string): number {
  const index = indices.get(name);
  if (index === undefined) throw new TypeError(`the host passed "${name}", which is none of the cases`);
  return index;
}

export function result(ok: Codec | null, err: Codec | null): Codec {
  return variant([
    { name: 'ok', codec: ok },
    { name: 'err', codec: err },
  ]);
}

/** `undefined` or the value; where the value is an option itself, `{ tag: 'none' | 'some', val }`. */
export function option(payload: Codec, nested: boolean): Codec {
  if (nested) {
    return variant([
      { name: 'none', codec: null },
      { name: 'some', codec: payload },
    ]);
  }
  return sum([null, payload], {
    index: (value) => (value === undefined || value === null ? 0 : 1),
    payload: (value) => value,
    make: (_, value) => value,
  });
}

/** The name of the case, as it stands in WIT. */
export function enumeration(names: readonly string[]): Codec {
  const indices = new Map(names.map((name, i) => [name, i]));
  return sum(
    names.map(() => null),
    {
      index: (value) => knownIndex(indices, value as string),
      payload: () => undefined,
      make: (index) => names[index],
    },
  );
}

/** An object of booleans with names in camel case; those left out are false. */
export function flags(names: readonly string[]): Codec {
  const bits = names.length <= 8 ? scalars.u8 : names.length <= 16 ? scalars.u16 : scalars.u32;
  const keys = names.map(camelCase);
  const toObject = (value: unknown): Record<string, boolean> =>
    Object.fromEntries(keys.map((key, bit) => [key, ((value as number) & (1 << bit)) !== 0]));
  const toBits = (value: unknown): number =>
    keys.reduce((all, key, bit) => ((value as Record<string, boolean>)[key] ? all | (1 << bit) : all), 0);
  return {
    ...bits,
    load: (cx, at) => toObject(bits.load(cx, at)),
    store: (cx, value, at) => bits.store(cx, toBits(value), at),
    lift: (cx, values, at) => toObject(bits.lift(cx, values, at)),
    lower: (cx, value, values, at) => bits.lower(cx, toBits(value), values, at),
  };
}
