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

/** RFC 9110: a token, and a value without line ends or NUL. */
function check(name: string, value: Uint8Array): void {
  if (!/^[-!#$%&'*+.^_`|~0-9A-Za-z]+$/.test(name)) headerError('invalid-syntax');
  if (forbidden.has(name.toLowerCase())) headerError('forbidden');
  if (value.some((byte) => byte === 0 || byte === 10 || byte === 13)) headerError('invalid-syntax');
}

/** `wasi:http/types.fields`: headers in order; names are compared without case. */
export class Fields implements Http.Fields {
  #entries: Entry[] = [];
  #immutable = false;

  static fromList(entries: readonly Entry[]): Fields {
    const fields = new Fields();
    for (const [name, value] of entries) fields.append(name, value);
    return fields;
  }

  /**
   * What a server sent, which can't be changed: as from wasmtime without the connection's headers, with names in lower
   * case, and a name's values together.
   */
  static received(list: HeaderList): Fields {
    const byName = Map.groupBy(list, ([name]) => name.toLowerCase());
    const fields = new Fields();
    fields.#entries = [...byName].flatMap(([name, pairs]) =>
      forbidden.has(name)
        ? []
        : pairs.map(([, value]) => [name, new Uint8Array(Buffer.from(value, 'latin1'))] as const),
    );
    fields.#immutable = true;
    return fields;
  }

  /** A copy that can't be changed, as the headers of a request are seen through it. */
  static frozen(fields: Fields): Fields {
    const copy = fields.clone();
    copy.#immutable = true;
    return copy;
  }

  get(name: string): Uint8Array[] {
    return this.#entries.filter(([other]) => same(name, other)).map(([, value]) => value);
  }

  has(name: string): boolean {
    return this.#entries.some(([other]) => same(name, other));
  }

  set(name: string, values: readonly Uint8Array[]): void {
    for (const value of values) check(name, value);
    this.delete(name);
    this.#entries.push(...values.map((value) => [name, value.slice()] as const));
  }

  delete(name: string): void {
    if (this.#immutable) headerError('immutable');
    this.#entries = this.#entries.filter(([other]) => !same(name, other));
  }

  append(name: string, value: Uint8Array): void {
    if (this.#immutable) headerError('immutable');
    check(name, value);
    // What the guest passes is a view of its memory.
    this.#entries.push([name, value.slice()]);
  }

  entries(): [string, Uint8Array][] {
    return this.#entries.map(([name, value]) => [name, value]);
  }

  onTheWire(): HeaderList {
    return this.#entries.map(([name, value]) => [name, Buffer.from(value).toString('latin1')] as const);
  }

  clone(): Fields {
    const copy = new Fields();
    copy.#entries = [...this.#entries];
    return copy;
  }
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
