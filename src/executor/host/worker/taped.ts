import type { JsonValue } from '../../../shared/cassette.ts';
import { recordedCall, type Tape } from '../tape/tape.ts';

type Members = Readonly<Record<string, unknown>>;

/** Arguments that are never written down: a key that signs, by the function that takes it. */
const hidden: Readonly<Record<string, number>> = { call: 1, transfer: 1 };

/** An interface whose calls a recorded run writes down, and a replayed one reads back instead of making them. */
export function taped(tape: Tape | undefined, iface: string, members: Members): Members {
  if (tape === undefined) return members;
  const functions = Object.entries(members).map(([name, made]) => {
    const call = made as (...args: unknown[]) => unknown;
    const hides = iface === 'near:rpc/api' ? hidden[name] : undefined;
    const through = (...args: unknown[]): unknown => {
      const told = args.map((arg, at) => (at === hides ? '(a key)' : toJson(arg)));
      return fromJson(recordedCall(tape, iface, name, told, () => toJson(call(...args))));
    };
    return [name, through] as const;
  });
  return Object.fromEntries(functions);
}

/** Bytes as `{"base64": …}`, 64-bit integers as `{"integer": …}`. */
function toJson(value: unknown): JsonValue {
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') };
  if (typeof value === 'bigint') return { integer: value.toString() };
  if (Array.isArray(value)) return value.map(toJson);
  return value === undefined ? null : (value as JsonValue);
}

function fromJson(value: JsonValue): unknown {
  if (Array.isArray(value)) return value.map((each: JsonValue) => fromJson(each));
  if (typeof value !== 'object' || value === null) return value;
  const { base64, integer } = value as { readonly base64?: string; readonly integer?: string };
  if (base64 !== undefined) return new Uint8Array(Buffer.from(base64, 'base64'));
  return integer === undefined ? value : BigInt(integer);
}
