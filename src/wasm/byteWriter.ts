/** Bytes a LEB128 number takes when its place is kept before its value is known. */
const paddedLength = 5;

/** From this length on, the engine's own copy is worth its call. */
const longCopy = 200;

/** Gives a longer array, of at least `needed` bytes, that begins with what `bytes` holds. */
export type Grow = (needed: number, bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

function growOnHeap(needed: number, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const grown = new Uint8Array(Math.max(needed, bytes.length * 2, 64));
  grown.set(bytes);
  return grown;
}

/** Writes the binary format into one growing buffer. */
export class ByteWriter {
  bytes: Uint8Array<ArrayBuffer>;
  /** Of the next byte. */
  position = 0;
  private readonly grow: Grow;

  /** @param grow makes all room there is, where the buffer is not an array of its own */
  constructor(capacity: number, grow: Grow = growOnHeap) {
    this.grow = grow;
    this.bytes = grow(capacity, new Uint8Array());
  }

  /** Makes room for `more` bytes at the position. */
  reserve(more: number): void {
    const needed = this.position + more;
    if (needed > this.bytes.length) this.bytes = this.grow(needed, this.bytes);
  }

  u8(byte: number): void {
    this.reserve(1);
    this.bytes[this.position++] = byte;
  }

  u32(value: number): void {
    this.reserve(5);
    let rest = value >>> 0;
    while (rest >= 0x80) {
      this.bytes[this.position++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.bytes[this.position++] = rest;
  }

  /** An opcode and its index. */
  instruction(opcode: number, index: number): void {
    this.reserve(6);
    const { bytes } = this;
    bytes[this.position++] = opcode;
    if (index < 0x80) bytes[this.position++] = index;
    else this.u32(index);
  }

  /** Signed LEB128 of a whole number that a JavaScript number holds exactly. */
  signed(value: number): void {
    this.reserve(10);
    if (value >= -64 && value < 64) {
      this.bytes[this.position++] = value & 0x7f;
      return;
    }
    let rest = value;
    while (rest < -64 || rest > 63) {
      const low = ((rest % 128) + 128) % 128;
      this.bytes[this.position++] = low | 0x80;
      rest = (rest - low) / 128;
    }
    this.bytes[this.position++] = rest & 0x7f;
  }

  /** Four bytes; as {@link raw}, without its cost. */
  raw4(a: number, b: number, c: number, d: number): void {
    this.reserve(4);
    const { bytes, position } = this;
    bytes[position] = a;
    bytes[position + 1] = b;
    bytes[position + 2] = c;
    bytes[position + 3] = d;
    this.position = position + 4;
  }

  raw(...bytes: number[]): void {
    this.reserve(bytes.length);
    for (const byte of bytes) this.bytes[this.position++] = byte;
  }

  /** Copies `source[from, to)`. */
  copy(source: Uint8Array, from: number, to: number): void {
    const length = to - from;
    this.reserve(length);
    const { bytes } = this;
    if (length > longCopy) {
      bytes.set(source.subarray(from, to), this.position);
      this.position += length;
      return;
    }
    let at = this.position;
    for (let n = from; n < to; n++) bytes[at++] = source[n]!;
    this.position = at;
  }

  name(text: string): void {
    const encoded = new TextEncoder().encode(text);
    this.u32(encoded.length);
    this.copy(encoded, 0, encoded.length);
  }

  /** Keeps the place of a u32 and returns where; {@link patchU32} fills it. */
  placeholder(): number {
    this.reserve(paddedLength);
    const at = this.position;
    this.position += paddedLength;
    return at;
  }

  /** Writes `value` over a {@link placeholder}, padded to its five bytes. */
  patchU32(at: number, value: number): void {
    const { bytes } = this;
    bytes[at] = (value & 0x7f) | 0x80;
    bytes[at + 1] = ((value >>> 7) & 0x7f) | 0x80;
    bytes[at + 2] = ((value >>> 14) & 0x7f) | 0x80;
    bytes[at + 3] = ((value >>> 21) & 0x7f) | 0x80;
    bytes[at + 4] = value >>> 28;
  }

  /** Fills a {@link placeholder} with the number of bytes that were written after it. */
  patchLength(at: number): void {
    this.patchU32(at, this.position - at - paddedLength);
  }

  /** What was written; a view, valid until the next write. */
  written(): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(0, this.position);
  }
}
