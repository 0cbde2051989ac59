import { secretSpellings } from '../../shared/secretSpellings.ts';

/** A secret as it could appear in what a program writes. */
export interface SecretValue {
  readonly name: string;
  readonly value: string;
}

/** Replaces values of secrets before anything is written to the disk. */
export interface Redactor {
  readonly text: (text: string) => string;
  readonly bytes: (bytes: Uint8Array) => Uint8Array;
  /** Every text in plain data. */
  readonly data: <T>(value: T) => T;
}

export function redactorOf(secrets: readonly SecretValue[]): Redactor {
  // The longest first: one may hold another.
  const patterns = secrets
    .flatMap(({ name, value }) => spellings(value).map((text) => ({ text, put: `[secret ${name}]` })))
    .sort((a, b) => b.text.length - a.text.length);
  const text = (whole: string) =>
    patterns.reduce((rest, { text, put }) => rest.replaceAll(text, () => put), whole);
  const data = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(data);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, data(each)]));
  };
  return {
    text,
    bytes: (bytes) =>
      patterns.reduce<Uint8Array>(
        (rest, { text, put }) => replaced(rest, Buffer.from(text), Buffer.from(put)),
        bytes,
      ),
    data: <T>(value: T) => data(value) as T,
  };
}

/** Of a short secret nothing but what shows it: its other spellings would be found in anything. */
function spellings(value: string): string[] {
  return secretSpellings(value).flatMap(({ text, coded }) => (coded && value.length < 6 ? [] : [text]));
}

function replaced(bytes: Uint8Array, what: Buffer, put: Buffer): Uint8Array {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let from = 0;
  for (let at = whole.indexOf(what); at !== -1; at = whole.indexOf(what, from)) {
    parts.push(whole.subarray(from, at), put);
    from = at + what.length;
  }
  return from === 0 ? bytes : Buffer.concat([...parts, whole.subarray(from)]);
}
