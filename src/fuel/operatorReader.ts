import { hasMemoryIndex } from './emit.ts';
import { immediates, type OperatorTables, prefixBase } from './opcodes.ts';

/**
 * Steps through the operators of function bodies. For code that the metering pass takes, so that nothing here is checked
 * again; at the end of the bytes it stays, whatever they are.
 */
export class OperatorReader {
  /** Of the operator, its prefix included. */
  at = 0;
  /** One past the operator. */
  next = 0;
  /** Index into the operator tables. */
  opcode = 0;
  /** Of a `br` or `br_if`. */
  label = 0;
  /** Of a `br_table`, the default's last. */
  labels: number[] = [];
  /** Of a memory access. */
  memory = 0;
  offset = 0;
  private readonly bytes: Uint8Array;
  private readonly kinds: Uint8Array;

  constructor(bytes: Uint8Array, tables: OperatorTables) {
    this.bytes = bytes;
    this.kinds = tables.immediates;
  }

  get atEnd(): boolean {
    return this.next >= this.bytes.length;
  }

  /** Goes to the first operator of the body in `[start, …)`, its size field excluded. */
  enter(start: number): void {
    this.next = start;
    for (let groups = this.u32(); groups > 0; groups--) {
      this.u32();
      this.next++;
    }
  }

  /** Reads the next operator; returns what follows its opcode. */
  read(): number {
    this.at = this.next;
    this.opcode = this.bytes[this.next++]!;
    if (this.opcode >= 0xfc)
      this.opcode = (this.opcode === 0xfc ? prefixBase.fc : prefixBase.fd) + this.u32();
    const kind = this.kinds[this.opcode]!;
    switch (kind) {
      case immediates.none:
        break;
      case immediates.f32:
        this.next += 4;
        break;
      case immediates.f64:
        this.next += 8;
        break;
      case immediates.v128:
        this.next += 16;
        break;
      case immediates.lane:
      case immediates.refNull:
        this.next++;
        break;
      case immediates.memoryAccess:
        this.access();
        break;
      case immediates.memoryLane:
        this.access();
        this.next++;
        break;
      case immediates.label:
        this.label = this.u32();
        break;
      case immediates.labels:
        this.labels = [];
        for (let left = this.u32(); left >= 0 && !this.atEnd; left--) this.labels.push(this.u32());
        break;
      case immediates.valueTypes:
        this.next += this.u32();
        break;
      case immediates.typeTable:
      case immediates.sizedPair:
        this.skipLeb();
        this.skipLeb();
        break;
      default:
        // A block type too: its codes and its type indices are LEB128 numbers.
        this.skipLeb();
    }
    return kind;
  }

  /** The number that follows an opcode of one byte, unsigned. */
  get immediate(): number {
    const { next } = this;
    this.next = this.at + 1;
    const number = this.u32();
    this.next = next;
    return number;
  }

  private access(): void {
    this.memory = (this.u32() & hasMemoryIndex) === 0 ? 0 : this.u32();
    this.offset = this.u32();
  }

  private skipLeb(): void {
    while (this.bytes[this.next++]! >= 0x80);
  }

  private u32(): number {
    let result = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.next++]!;
      result += (byte & 0x7f) * scale;
      if (!(byte >= 0x80)) return result;
    }
  }
}
