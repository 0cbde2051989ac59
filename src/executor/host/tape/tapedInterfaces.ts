import type { JsonValue } from '../../../shared/cassette.ts';
import type { HostInterfaces } from '../preview2/preview2.ts';
import type { Tape } from './tape.ts';

type HostFunction = (...args: unknown[]) => unknown;

/** The same interfaces, each call of which goes by way of the tape. For those that have functions only. */
export function tapedInterfaces(interfaces: HostInterfaces, tape: Tape): HostInterfaces {
  return mapValues(interfaces, (functions, iface) =>
    mapValues(functions, (call, name): HostFunction => {
      return (...args) => {
        const result = tape.call(iface, name, args.map(toJson), () =>
          toJson((call as HostFunction)(...args)),
        );
        return fromJson(result);
      };
    }),
  );
}

function mapValues<A, B>(
  table: Readonly<Record<string, A>>,
  change: (value: A, key: string) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, change(value, key)]));
}

/** Values of an interface as JSON: bytes and big numbers are objects of one key, the absent is null. */
function toJson(value: unknown): JsonValue {
  if (typeof value === 'bigint') return { integer: String(value) };
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === 'object' && value !== null) return mapValues(value as Record<string, unknown>, toJson);
  return (value ?? null) as JsonValue;
}

function fromJson(value: JsonValue): unknown {
  if (value === null) return undefined;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(fromJson);
  if (typeof value !== 'object') return value;
  const { integer, bytes } = value as { readonly integer?: JsonValue; readonly bytes?: JsonValue };
  if (typeof integer === 'string') return BigInt(integer);
  if (typeof bytes === 'string') return new Uint8Array(Buffer.from(bytes, 'base64'));
  return mapValues(value as Record<string, JsonValue>, fromJson);
}
