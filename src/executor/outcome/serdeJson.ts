import { isUtf8 } from 'node:buffer';

/** Levels of lists and objects that serde_json goes into. */
const mostDepth = 128;

/**
 * Why serde_json, which the worker reads a program's output with, would not take it, in its own words; null where it
 * takes it. It is stricter than JavaScript: surrogates have to be in pairs, numbers within an f64's range, and lists
 * and objects nested less than 128 deep.
 */
export function jsonProblem(bytes: Uint8Array): string | null {
  try {
    new JsonChecker(bytes).checkDocument();
    return null;
  } catch (error) {
    if (error instanceof JsonError) return error.message;
    throw error;
  }
}

class JsonError extends Error {}

const ch = (text: string): number => text.charCodeAt(0);
const [quote, backslash, comma, colon] = [ch('"'), ch('\\'), ch(','), ch(':')];
const [openList, closeList, openObject, closeObject] = [ch('['), ch(']'), ch('{'), ch('}')];
const [minus, plus, point, zero, nine] = [ch('-'), ch('+'), ch('.'), ch('0'), ch('9')];
const space = new Set([ch(' '), ch('\n'), ch('\t'), ch('\r')]);
const idents = new Map(['null', 'true', 'false'].map((ident) => [ch(ident), ident]));
const plainEscapes = new Set(['"', '\\', '/', 'b', 'f', 'n', 'r', 't'].map(ch));

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= zero && byte <= nine;
const isExponent = (byte: number | undefined): boolean => byte === ch('e') || byte === ch('E');

/** Goes through the text as serde_json's `Deserializer` does, so that it stops where that one stops. */
class JsonChecker {
  readonly #bytes: Uint8Array;
  #at = 0;
  #depth = mostDepth;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  checkDocument(): void {
    this.#value();
    if (this.#skipSpace() !== undefined) this.#failAtNext('trailing characters');
  }

  #value(): void {
    const first = this.#skipSpace();
    if (first === undefined) this.#failAtNext('EOF while parsing a value');
    const ident = idents.get(first);
    if (ident !== undefined) this.#ident(ident);
    else if (first === minus || isDigit(first)) this.#number();
    else if (first === quote) this.#string();
    else if (first === openList) this.#nested(() => this.#list());
    else if (first === openObject) this.#nested(() => this.#object());
    else this.#failAtNext('expected value');
  }

  #nested(check: () => void): void {
    if (--this.#depth === 0) this.#failAtNext('recursion limit exceeded');
    this.#at++;
    check();
    this.#at++;
    this.#depth++;
  }

  /** Up to the bracket that ends it. */
  #list(): void {
    for (let first = true; ; first = false) {
      const next = this.#skipSpace();
      if (next === undefined) this.#failAtNext('EOF while parsing a list');
      if (next === closeList) return;
      if (!first) {
        if (next !== comma) this.#failAtNext('expected `,` or `]`');
        this.#at++;
        const after = this.#skipSpace();
        if (after === closeList) this.#failAtNext('trailing comma');
        if (after === undefined) this.#failAtNext('EOF while parsing a value');
      }
      this.#value();
    }
  }

  #object(): void {
    for (let first = true; ; first = false) {
      let next = this.#skipSpace();
      if (next === undefined) this.#failAtNext('EOF while parsing an object');
      if (next === closeObject) return;
      if (!first) {
        if (next !== comma) this.#failAtNext('expected `,` or `}`');
        this.#at++;
        next = this.#skipSpace();
        if (next === closeObject) this.#failAtNext('trailing comma');
        if (next === undefined) this.#failAtNext('EOF while parsing a value');
      }
      if (next !== quote) this.#failAtNext('key must be a string');
      this.#string();
      const between = this.#skipSpace();
      if (between === undefined) this.#failAtNext('EOF while parsing an object');
      if (between !== colon) this.#failAtNext('expected `:`');
      this.#at++;
      this.#value();
    }
  }

  #ident(ident: string): void {
    for (let i = 0; i < ident.length; i++) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) this.#fail('EOF while parsing a value');
      this.#at++;
      if (byte !== ident.charCodeAt(i)) this.#fail('expected ident');
    }
  }

  #number(): void {
    const start = this.#at;
    if (this.#peek() === minus) this.#at++;
    const first = this.#next('EOF while parsing a value');
    if (!isDigit(first)) this.#fail('invalid number');
    if (first === zero && isDigit(this.#peek())) this.#failAtNext('invalid number');
    this.#digits();
    if (this.#peek() === point) {
      this.#at++;
      if (this.#digits() === 0) {
        this.#failAtNext(this.#peek() === undefined ? 'EOF while parsing a value' : 'invalid number');
      }
    }
    const text = () => Buffer.from(this.#bytes.subarray(start, this.#at)).toString('latin1');
    if (isExponent(this.#peek())) this.#exponent(Number(text()) !== 0);
    if (!Number.isFinite(Number(text()))) this.#fail('number out of range');
  }

  /** One that is beyond 32 bits is out of range at the digit that makes it so, unless it is nothing that it multiplies. */
  #exponent(matters: boolean): void {
    this.#at++;
    const sign = this.#peek();
    if (sign === plus || sign === minus) this.#at++;
    const first = this.#next('EOF while parsing a value');
    if (!isDigit(first)) this.#fail('invalid number');
    let exponent = first - zero;
    for (let digit = this.#peek(); isDigit(digit); digit = this.#peek()) {
      this.#at++;
      exponent = exponent * 10 + digit! - zero;
      if (matters && sign !== minus && exponent > 0x7fffffff) this.#fail('number out of range');
    }
  }

  /** @returns how many there were */
  #digits(): number {
    const start = this.#at;
    while (isDigit(this.#peek())) this.#at++;
    return this.#at - start;
  }

  #string(): void {
    let start = ++this.#at;
    for (;;) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) this.#fail('EOF while parsing a string');
      this.#at++;
      if (byte < 0x20) this.#fail('control character (\\u0000-\\u001F) found while parsing a string');
      if (byte === quote) break;
      if (byte === backslash) {
        this.#checkText(start, this.#at - 1);
        this.#escape();
        start = this.#at;
      }
    }
    this.#checkText(start, this.#at - 1);
  }

  #escape(): void {
    const kind = this.#next('EOF while parsing a string');
    if (plainEscapes.has(kind)) return;
    if (kind !== ch('u')) this.#fail('invalid escape');
    const unit = this.#hexDigits();
    if (unit >= 0xdc00 && unit <= 0xdfff) this.#fail('lone leading surrogate in hex escape');
    if (unit < 0xd800 || unit > 0xdbff) return;
    for (const expected of [backslash, ch('u')]) {
      if (this.#next('EOF while parsing a string') !== expected) this.#fail('unexpected end of hex escape');
    }
    const second = this.#hexDigits();
    if (second < 0xdc00 || second > 0xdfff) this.#fail('lone leading surrogate in hex escape');
  }

  #hexDigits(): number {
    const digits = Buffer.from(this.#bytes.subarray(this.#at, this.#at + 4)).toString('latin1');
    this.#at += digits.length;
    if (digits.length < 4) this.#fail('EOF while parsing a string');
    if (!/^[\da-f]{4}$/i.test(digits)) this.#fail('invalid escape');
    return Number.parseInt(digits, 16);
  }

  #checkText(start: number, end: number): void {
    const text = this.#bytes.subarray(start, end);
    if (isUtf8(text)) return;
    // Written again, the first thing that is none has become another.
    const again = Buffer.from(Buffer.from(text).toString());
    let at = again.findIndex((byte, i) => byte !== text[i]);
    while ((again[at]! & 0xc0) === 0x80) at--;
    this.#at = start + at + 1;
    this.#fail('invalid unicode code point');
  }

  #peek(): number | undefined {
    return this.#bytes[this.#at];
  }

  #next(otherwise: string): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) this.#fail(otherwise);
    this.#at++;
    return byte;
  }

  #skipSpace(): number | undefined {
    for (;;) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined || !space.has(byte)) return byte;
      this.#at++;
    }
  }

  /** Wrong is what was read last. */
  #fail(what: string): never {
    throw this.#errorAt(what, this.#at);
  }

  /** Wrong is what would be read next. */
  #failAtNext(what: string): never {
    throw this.#errorAt(what, Math.min(this.#bytes.length, this.#at + 1));
  }

  #errorAt(what: string, at: number): JsonError {
    const before = Buffer.from(this.#bytes.subarray(0, at)).toString('latin1').split('\n');
    return new JsonError(`${what} at line ${before.length} column ${before.at(-1)!.length}`);
  }
}
