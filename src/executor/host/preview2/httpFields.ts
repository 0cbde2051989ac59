import type * as Http from '@bytecodealliance/preview2-shim/interfaces/wasi-http-types';
import { ComponentError } from '../../component/componentError.ts';
import type { HeaderList } from '../http/protocol.ts';

/** Headers of a connection rather than of a message, as wasmtime forbids them. */
const forbidden = new Set([
  'connection',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

type Entry = readonly [name: string, value: Uint8Array];

function headerError(tag: Http.HeaderError['tag']): never {
  throw new ComponentError({ tag });
}

/** The name as it is kept, in lower case as by wasmtime. RFC 9110: a token. */
function checkedName(name: string): string {
  if (!/^[-!#$%&'*+.^_`|~0-9A-Za-z]+$/.test(name)) headerError('invalid-syntax');
  const lower = name.toLowerCase();
  if (forbidden.has(lower)) headerError('forbidden');
  return lower;
}

/** A copy, since what a guest passes is a view of its memory. Without control characters but tabs, as hyper wants it. */
function checkedValue(value: Uint8Array): Uint8Array {
  if (value.some((byte) => (byte < 32 && byte !== 9) || byte === 127)) headerError('invalid-syntax');
  return value.slice();
}

/** `wasi:http/types.fields`: values by their names, in the order in which the names came first, as wasmtime has them. */
export class Fields implements Http.Fields {
  readonly #values: Map<string, Uint8Array[]>;
  readonly #immutable: boolean;

  constructor(values: ReadonlyMap<string, readonly Uint8Array[]> = new Map(), immutable = false) {
    this.#values = new Map([...values].map(([name, list]) => [name, [...list]]));
    this.#immutable = immutable;
  }

  static fromList(entries: readonly Entry[]): Fields {
    const fields = new Fields();
    for (const [name, value] of entries) fields.append(name, value);
    return fields;
  }

  /** What a server sent, without the connection's own headers; it can't be changed. */
  static received(list: HeaderList): Fields {
    const sent = Map.groupBy(list, ([name]) => name.toLowerCase());
    const values = [...sent]
      .filter(([name]) => !forbidden.has(name))
      .map(([name, pairs]) => [name, pairs.map(([, value]) => Buffer.from(value, 'latin1'))] as const);
    return new Fields(new Map(values), true);
  }

  /** A copy that can't be changed, as the headers of a request are seen through it. */
  static frozen(fields: Fields): Fields {
    return new Fields(fields.#values, true);
  }

  get(name: string): Uint8Array[] {
    return this.#values.get(name.toLowerCase()) ?? [];
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase());
  }

  set(name: string, values: readonly Uint8Array[]): void {
    const [key, copies] = [checkedName(name), values.map(checkedValue)];
    this.#change();
    this.#values.delete(key);
    if (copies.length > 0) this.#values.set(key, copies);
  }

  delete(name: string): void {
    const key = checkedName(name);
    this.#change();
    this.#values.delete(key);
  }

  append(name: string, value: Uint8Array): void {
    const [key, copy] = [checkedName(name), checkedValue(value)];
    this.#change();
    this.#values.set(key, [...this.get(key), copy]);
  }

  entries(): [string, Uint8Array][] {
    return [...this.#values].flatMap(([name, values]) =>
      values.map((value): [string, Uint8Array] => [name, value]),
    );
  }

  onTheWire(): HeaderList {
    return this.entries().map(([name, value]) => [name, Buffer.from(value).toString('latin1')] as const);
  }

  clone(): Fields {
    return new Fields(this.#values);
  }

  #change(): void {
    if (this.#immutable) headerError('immutable');
  }
}
