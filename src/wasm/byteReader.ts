import { WorkbenchError } from '../shared/workbenchError.ts';

/** The error for bytes that break the binary format at `offset`, counted from the start of the file. */
export function invalidWasm(what: string, offset: number): WorkbenchError {
  return new WorkbenchError('invalid-wasm', `Not a valid WebAssembly binary: ${what} at offset ${offset}.`, {
    hint: 'Build the program again; the file may be damaged or cut off.',
  });
}

const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads the primitives of the WebAssembly binary format from a range of bytes. Every read is bounds-checked
 * against the range, and every failure is `invalid-wasm` with the offset from the start of the bytes.
 */
export class ByteReader {
  readonly bytes: Uint8Array;
  /** One past the last byte that may be read. */
  readonly end: number;
  /** Of the next byte, from the start of the bytes. */
  position: number;

  constructor(bytes: Uint8Array, position = 0, end = bytes.length) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
  }

  get atEnd(): boolean {
    return this.position >= this.end;
  }

  u8(): number {
    if (this.position >= this.end) throw invalidWasm('unexpected end', this.position);
    return this.bytes[this.position++]!;
  }

  /** Little-endian, four bytes. */
  fixedU32(): number {
    const at = this.skip(4);
    const { bytes } = this;
    return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
  }

  /** LEB128, at most five bytes. */
  u32(): number {
    const first = this.u8();
    if (first < 0x80) return first;
    const start = this.position - 1;
    let result = first & 0x7f;
    for (let shift = 7; shift < 28; shift += 7) {
      const byte = this.u8();
      result |= (byte & 0x7f) << shift;
      if (byte < 0x80) return result;
    }
    const last = this.u8();
    if (last >= 0x80) throw invalidWasm('a LEB128 number longer than 5 bytes', start);
    if (last > 0x0f) throw invalidWasm('a LEB128 number above 32 bits', start);
    return (result | (last << 28)) >>> 0;
  }

  s32(): number {
    return Number(this.signed(32));
  }

  /** A block type or heap type: a negative number is a type's code, any other a type index. */
  s33(): number {
    const first = this.u8();
    if (first < 0x80) return (first << 25) >> 25;
    this.position--;
    return Number(this.signed(33));
  }

  s64(): bigint {
    return this.signed(64);
  }

  /** Moves past `length` bytes and returns the offset of the first. */
  skip(length: number): number {
    const at = this.position;
    if (length > this.end - at) throw invalidWasm('unexpected end', this.end);
    this.position = at + length;
    return at;
  }

  /** A name: its length in bytes, then UTF-8. */
  name(): string {
    const length = this.u32();
    const at = this.skip(length);
    try {
      return strictDecoder.decode(this.bytes.subarray(at, at + length));
    } catch {
      throw invalidWasm('a name that is not UTF-8', at);
    }
  }

  /** A reader over the next `length` bytes, which this one then is past. */
  sub(length: number): ByteReader {
    const at = this.skip(length);
    return new ByteReader(this.bytes, at, at + length);
  }

  private signed(bits: number): bigint {
    const start = this.position;
    const mostBytes = Math.ceil(bits / 7);
    let result = 0n;
    for (let n = 0; n < mostBytes; n++) {
      const byte = this.u8();
      result |= BigInt(byte & 0x7f) << BigInt(7 * n);
      if (byte < 0x80) {
        const value = BigInt.asIntN(7 * (n + 1), result);
        if (value !== BigInt.asIntN(bits, value)) {
          throw invalidWasm(`a LEB128 number beyond ${bits} bits`, start);
        }
        return value;
      }
    }
    throw invalidWasm(`a LEB128 number longer than ${mostBytes} bytes`, start);
  }
}
