import type { JsonValue, RecordedHeaders, Redaction } from '../../../shared/cassette.ts';
import { secretSpellings } from '../../../shared/secretSpellings.ts';

/** Headers that hold credentials by what they are for. */
const credentials = [
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'api-key',
  'x-auth-token',
  'x-amz-security-token',
];

/** A spelling of a secret, and what stands for it. Both are Latin-1: a character a byte. */
interface Spelling {
  /** Of the secret. */
  readonly name: string;
  readonly spelt: string;
  readonly placeholder: string;
}

/** Takes secrets out of what is written to a cassette, and puts them back into what is read from it. */
export class Redactor {
  readonly #headers: ReadonlySet<string>;
  /** The longest first, since one may be part of another. */
  readonly #spellings: readonly Spelling[];

  constructor({ headers, secrets }: Redaction) {
    this.#headers = new Set([...credentials, ...headers.map((name) => name.toLowerCase())]);
    this.#spellings = secrets
      .flatMap(([name, value]) => spellings(name, value))
      .sort((a, b) => b.spelt.length - a.spelt.length);
  }

  get hasSecrets(): boolean {
    return this.#spellings.length > 0;
  }

  /** Of text that is a character a byte. */
  latin1(text: string): string {
    return this.#spellings.reduce(
      (done, { spelt, placeholder }) => done.replaceAll(spelt, () => placeholder),
      text,
    );
  }

  text(text: string): string {
    return viaBytes(text, (bytes) => this.latin1(bytes));
  }

  bytes(bytes: Uint8Array): Uint8Array {
    return this.hasSecrets ? Buffer.from(this.latin1(latin1Of(bytes)), 'latin1') : bytes;
  }

  /** The name of a secret that occurs in these bytes, in any spelling; null where none does. */
  secretIn(bytes: Uint8Array): string | null {
    const text = latin1Of(bytes);
    return this.#spellings.find(({ spelt }) => text.includes(spelt))?.name ?? null;
  }

  json(value: JsonValue): JsonValue {
    return mapTexts(value, (text) => this.text(text));
  }

  /** The value of a header that holds credentials becomes asterisks, as many: a program pays by length. */
  headers(headers: RecordedHeaders): RecordedHeaders {
    return headers.map(([name, value]) => [
      name,
      this.#headers.has(name.toLowerCase()) ? '*'.repeat(value.length) : this.latin1(value),
    ]);
  }

  restoreLatin1(text: string): string {
    return this.#spellings.reduce(
      (done, { spelt, placeholder }) => done.replaceAll(placeholder, () => spelt),
      text,
    );
  }

  restoreHeaders(headers: RecordedHeaders): RecordedHeaders {
    return headers.map(([name, value]) => [name, this.restoreLatin1(value)]);
  }

  restoreText(text: string): string {
    return viaBytes(text, (bytes) => this.restoreLatin1(bytes));
  }

  restoreBytes(bytes: Uint8Array): Uint8Array {
    return this.hasSecrets ? Buffer.from(this.restoreLatin1(latin1Of(bytes)), 'latin1') : bytes;
  }

  restoreJson(value: JsonValue): JsonValue {
    return mapTexts(value, (text) => this.restoreText(text));
  }
}

function spellings(name: string, value: string): Spelling[] {
  return secretSpellings(value).map(({ text, how }) => ({
    name,
    spelt: latin1Of(Buffer.from(text)),
    placeholder: latin1Of(Buffer.from(`{{secret:${name}${how === null ? '' : `|${how}`}}}`)),
  }));
}

function latin1Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function viaBytes(text: string, change: (latin1: string) => string): string {
  return Buffer.from(change(Buffer.from(text, 'utf8').toString('latin1')), 'latin1').toString('utf8');
}

function mapTexts(value: JsonValue, change: (text: string) => string): JsonValue {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((each) => mapTexts(each, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapTexts(each, change)]));
}
