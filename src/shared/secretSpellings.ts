/** A secret as it may stand in a message. */
interface SecretSpelling {
  readonly text: string;
  /** Such as `json`; null for the secret as it is. */
  readonly how: string | null;
  /** Whether it shows no character of the secret, so that a short one would be found in anything. */
  readonly coded: boolean;
}

/**
 * A secret as it is, in addresses and forms, in JSON, in hexadecimal digits and in base64, as the usual languages
 * write them. Each spelling once; none of an empty secret.
 */
export function secretSpellings(value: string): SecretSpelling[] {
  const found = new Map<string, SecretSpelling>();
  const add = (text: string, how: string | null, coded = false): void => {
    if (text !== '' && !found.has(text)) found.set(text, { text, how, coded });
  };
  add(value, null);
  const formed = value.toWellFormed();
  for (const [text, how] of [
    [encodeURIComponent(formed), 'url'],
    [strictUrl(formed), 'url strict'],
    [new URLSearchParams({ '': formed }).toString().slice(1), 'form'],
  ] as const) {
    add(text, how);
    add(lowerEscapes(text), `${how} lower`);
  }
  for (const [text, how] of [
    [JSON.stringify(value).slice(1, -1), 'json'],
    [asciiJson(value), 'json ascii'],
  ] as const) {
    add(text, how);
    add(text.replaceAll('/', String.raw`\/`), `${how} slashes`);
  }
  const bytes = Buffer.from(value);
  add(bytes.toString('base64'), 'base64', true);
  add(bytes.toString('base64url'), 'base64url', true);
  add(bytes.toString('hex'), 'hex', true);
  add(bytes.toString('hex').toUpperCase(), 'HEX', true);
  for (const offset of [0, 1, 2]) add(withinBase64(bytes, offset), `base64 from ${offset}`, true);
  return [...found.values()];
}

/** As Python and PHP write it: what JavaScript leaves as it is becomes escapes, too. */
function strictUrl(value: string): string {
  const escape = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(value).replaceAll(/[!'()*]/g, escape);
}

function lowerEscapes(text: string): string {
  return text.replaceAll(/%[\dA-F]{2}/g, (escape) => escape.toLowerCase());
}

/** JSON of those that write nothing but ASCII, as Python and PHP do unless told otherwise. */
function asciiJson(value: string): string {
  return JSON.stringify(value)
    .slice(1, -1)
    .replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Fewer characters of base64 stand for other bytes as well too often. */
const fewestBase64 = 8;

/**
 * What a secret is in the base64 of a longer text, as in `user:password`: the characters that hold nothing of what
 * stands before and after it.
 *
 * @param offset bytes before it, modulo 3
 * @returns an empty text for a secret that is too short to tell
 */
function withinBase64(secret: Buffer, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), secret]);
  const inner = bytes
    .toString('base64')
    .slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
  return inner.length < fewestBase64 ? '' : inner;
}
