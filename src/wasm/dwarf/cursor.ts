/** Reads the primitives of DWARF, little-endian, from a section. A read past its end is a RangeError. */
export class Cursor {
  position: number;
  readonly bytes: Uint8Array;
  private readonly view: DataView;

  constructor(bytes: Uint8Array, position = 0) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = position;
  }

  u8(): number {
    return this.view.getUint8(this.position++);
  }

  s8(): number {
    return this.view.getInt8(this.position++);
  }

  u16(): number {
    this.position += 2;
    return this.view.getUint16(this.position - 2, true);
  }

  u24(): number {
    return this.u16() | (this.u8() << 16);
  }

  u32(): number {
    this.position += 4;
    return this.view.getUint32(this.position - 4, true);
  }

  /** As a number: exact up to 2^53, which no offset in a file exceeds. */
  u64(): number {
    return this.u32() + this.u32() * 2 ** 32;
  }

  /** An unsigned number of `size` bytes: 1, 2, 4 or 8. */
  sized(size: number): number {
    if (size === 1) return this.u8();
    if (size === 2) return this.u16();
    return size === 4 ? this.u32() : this.u64();
  }

  uleb(): number {
    let result = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.u8();
      result += (byte & 0x7f) * scale;
      if (byte < 0x80) return result;
    }
  }

  sleb(): number {
    let result = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.u8();
      result += (byte & 0x7f) * scale;
      if (byte < 0x80) return (byte & 0x40) === 0 ? result : result - scale * 128;
    }
  }

  /** UTF-8 up to a zero byte. */
  string(): string {
    const end = this.bytes.indexOf(0, this.position);
    if (end < 0) throw new RangeError('a string without an end');
    const text = decoder.decode(this.bytes.subarray(this.position, end));
    this.position = end + 1;
    return text;
  }

  skip(length: number): void {
    if (length > this.bytes.length - this.position) throw new RangeError('past the end');
    this.position += length;
  }

  /** A unit's length, which also says how wide its offsets are: 4 bytes, or 8. */
  unitLength(): { readonly end: number; readonly offsetSize: 4 | 8 } {
    const length = this.u32();
    if (length < 0xffff_fff0) return { end: this.position + length, offsetSize: 4 };
    if (length !== 0xffff_ffff) throw new RangeError('a reserved unit length');
    const long = this.u64();
    return { end: this.position + long, offsetSize: 8 };
  }
}

const decoder = new TextDecoder();
