/**
 * Undoes Rust's v0 mangling (RFC 2603), printed as rustc-demangle's short form does: without crate hashes and
 * without the types of integer constants. Null for anything that is not a whole v0 name.
 */
export function demangleV0(name: string): string | null {
  // A linker or LLVM may append `.llvm.123` or the like.
  const body = /^_?R([A-Z][A-Za-z0-9_]*)(?:[.$].*)?$/.exec(name)?.[1];
  if (body === undefined || name.length > longestName) return null;
  try {
    return new Demangler(body).symbol();
  } catch (thrown) {
    if (thrown instanceof NotV0) return null;
    throw thrown;
  }
}

/** Names beyond any of these are left as they are; back references could make them grow without bound. */
const longestName = 20_000;
const longestOutput = 20_000;
const mostNesting = 300;

class NotV0 extends Error {}

const basicTypes: Readonly<Record<string, string>> = {
  a: 'i8',
  b: 'bool',
  c: 'char',
  d: 'f64',
  e: 'str',
  f: 'f32',
  h: 'u8',
  i: 'isize',
  j: 'usize',
  l: 'i32',
  m: 'u32',
  n: 'i128',
  o: 'u128',
  p: '_',
  s: 'i16',
  t: 'u16',
  u: '()',
  v: '...',
  x: 'i64',
  y: 'u64',
  z: '!',
};

/** Recursive descent over the RFC's grammar; each method reads one of its rules and returns its text. */
class Demangler {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  /** Characters made so far, discarded ones included. */
  #made = 0;
  /** Lifetimes bound by the `for<…>` around the current place. */
  #boundLifetimes = 0;

  constructor(text: string) {
    this.#text = text;
  }

  symbol(): string {
    const path = this.#path(true);
    // The crate that instantiated a generic function.
    if (this.#at < this.#text.length) this.#path(false);
    if (this.#at < this.#text.length) throw new NotV0();
    return path;
  }

  /** `inValue`: generic arguments are written with `::<` as in an expression, not with `<` as in a type. */
  #path(inValue: boolean): string {
    return this.#nested(() => {
      switch (this.#next()) {
        case 'C':
          return this.#identifier().name;
        case 'N':
          return this.#nestedPath(inValue);
        case 'M':
          this.#implPath();
          return `<${this.#type()}>`;
        case 'X':
          this.#implPath();
          return this.#asTrait();
        case 'Y':
          return this.#asTrait();
        case 'I': {
          const path = this.#path(inValue);
          return `${path}${inValue ? '::' : ''}<${this.#genericArgs().join(', ')}>`;
        }
        case 'B':
          return this.#backReference(() => this.#path(inValue));
        default:
          throw new NotV0();
      }
    });
  }

  #nestedPath(inValue: boolean): string {
    const namespace = this.#next();
    if (!/[A-Za-z]/.test(namespace)) throw new NotV0();
    const parent = this.#path(inValue);
    const { name, disambiguator } = this.#identifier();
    if (namespace >= 'a') return name === '' ? parent : `${parent}::${name}`;
    const kind = namespace === 'C' ? 'closure' : namespace === 'S' ? 'shim' : namespace;
    return `${parent}::{${kind}${name === '' ? '' : `:${name}`}#${disambiguator}}`;
  }

  #implPath(): void {
    this.#disambiguator();
    this.#path(false);
  }

  #asTrait(): string {
    const type = this.#type();
    return `<${type} as ${this.#path(false)}>`;
  }

  #genericArgs(): string[] {
    return this.#untilE(() => {
      if (this.#skip('L')) return this.#lifetime(this.#base62());
      return this.#skip('K') ? this.#constant() : this.#type();
    });
  }

  #type(): string {
    return this.#nested(() => {
      const tag = this.#next();
      const basic = basicTypes[tag];
      if (basic !== undefined) return basic;
      switch (tag) {
        case 'R':
          return `&${this.#referenceLifetime()}${this.#type()}`;
        case 'Q':
          return `&${this.#referenceLifetime()}mut ${this.#type()}`;
        case 'P':
          return `*const ${this.#type()}`;
        case 'O':
          return `*mut ${this.#type()}`;
        case 'A': {
          const element = this.#type();
          return `[${element}; ${this.#constant()}]`;
        }
        case 'S':
          return `[${this.#type()}]`;
        case 'T': {
          const types = this.#untilE(() => this.#type());
          return types.length === 1 ? `(${types[0]!},)` : `(${types.join(', ')})`;
        }
        case 'F':
          return this.#bound(() => this.#functionType());
        case 'D':
          return this.#dynType();
        case 'B':
          return this.#backReference(() => this.#type());
        default:
          this.#at--;
          return this.#path(false);
      }
    });
  }

  #referenceLifetime(): string {
    if (!this.#skip('L')) return '';
    const index = this.#base62();
    return index === 0 ? '' : `${this.#lifetime(index)} `;
  }

  #functionType(): string {
    const unsafe = this.#skip('U') ? 'unsafe ' : '';
    let abi = '';
    if (this.#skip('K')) {
      abi = `extern "${this.#skip('C') ? 'C' : this.#plainIdentifier().replaceAll('_', '-')}" `;
    }
    const params = this.#untilE(() => this.#type()).join(', ');
    const result = this.#type();
    return `${unsafe}${abi}fn(${params})${result === '()' ? '' : ` -> ${result}`}`;
  }

  #dynType(): string {
    const traits = this.#bound(() => this.#untilE(() => this.#dynTrait()).join(' + '));
    if (!this.#skip('L')) throw new NotV0();
    const index = this.#base62();
    return `dyn ${traits}${index === 0 ? '' : ` + ${this.#lifetime(index)}`}`;
  }

  #dynTrait(): string {
    const path = this.#path(false);
    const bindings: string[] = [];
    while (this.#skip('p')) {
      const name = this.#plainIdentifier();
      bindings.push(`${name} = ${this.#type()}`);
    }
    if (bindings.length === 0) return path;
    return path.endsWith('>') && !path.startsWith('<')
      ? `${path.slice(0, -1)}, ${bindings.join(', ')}>`
      : `${path}<${bindings.join(', ')}>`;
  }

  /** A `for<'a, …>` where there is one, then what it binds for. */
  #bound(read: () => string): string {
    const count = this.#skip('G') ? this.#base62() + 1 : 0;
    if (count > mostNesting) throw new NotV0();
    const outer = this.#boundLifetimes;
    this.#boundLifetimes += count;
    const names = Array.from({ length: count }, (_, i) => this.#lifetime(count - i));
    const text = read();
    this.#boundLifetimes = outer;
    return count === 0 ? text : `for<${names.join(', ')}> ${text}`;
  }

  /** `index` counts outwards from the innermost bound lifetime, which is 1; 0 is an erased one. */
  #lifetime(index: number): string {
    if (index === 0) return "'_";
    const position = this.#boundLifetimes - index;
    if (position < 0) throw new NotV0();
    return position < 26 ? `'${String.fromCharCode(97 + position)}` : `'_${position}`;
  }

  #constant(): string {
    return this.#nested(() => {
      const tag = this.#next();
      if (tag === 'p') return '_';
      if (tag === 'B') return this.#backReference(() => this.#constant());
      const type = basicTypes[tag];
      if (type === undefined || !/^[iu](8|16|32|64|128|size)$|^bool$|^char$/.test(type)) throw new NotV0();
      const sign = this.#skip('n') ? '-' : '';
      const value = BigInt(`0x0${this.#match(/[0-9a-f]*_/y).slice(0, -1)}`);
      if (type === 'bool') return value === 0n ? 'false' : 'true';
      if (type !== 'char') return `${sign}${value}`;
      if (value > 0x10ffffn) throw new NotV0();
      return `'${String.fromCodePoint(Number(value))}'`;
    });
  }

  #identifier(): { name: string; disambiguator: number } {
    const disambiguator = this.#disambiguator();
    return { name: this.#plainIdentifier(), disambiguator };
  }

  #disambiguator(): number {
    return this.#skip('s') ? this.#base62() + 1 : 0;
  }

  #plainIdentifier(): string {
    const punycode = this.#skip('u');
    const length = Number(this.#match(/0|[1-9][0-9]{0,5}/y));
    this.#skip('_');
    const name = this.#text.slice(this.#at, this.#at + length);
    if (name.length < length) throw new NotV0();
    this.#at += length;
    return punycode ? `punycode{${name}}` : name;
  }

  /** Reads `read` at an earlier place of the name, counted from after the `_R`. */
  #backReference(read: () => string): string {
    const place = this.#at - 1;
    const target = this.#base62();
    if (target >= place) throw new NotV0();
    const resume = this.#at;
    this.#at = target;
    const text = read();
    this.#at = resume;
    return text;
  }

  /** `_` is 0, `0_` is 1, and so on. */
  #base62(): number {
    const digits = this.#match(/[0-9a-zA-Z]{0,20}_/y).slice(0, -1);
    let value = 0;
    for (const digit of digits) value = value * 62 + base62Digits.indexOf(digit);
    return digits === '' ? 0 : value + 1;
  }

  #untilE(read: () => string): string[] {
    const items: string[] = [];
    while (!this.#skip('E')) items.push(read());
    return items;
  }

  #nested(read: () => string): string {
    if (++this.#depth > mostNesting) throw new NotV0();
    const text = read();
    this.#depth--;
    this.#made += text.length;
    if (this.#made > longestOutput * 10 || text.length > longestOutput) throw new NotV0();
    return text;
  }

  #next(): string {
    const char = this.#text[this.#at++];
    if (char === undefined) throw new NotV0();
    return char;
  }

  #skip(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) throw new NotV0();
    this.#at += found.length;
    return found;
  }
}

const base62Digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
