import { ByteReader, invalidWasm } from '../wasm/byteReader.ts';
import type { ByteWriter } from '../wasm/byteWriter.ts';
import { emptyBlockType } from './emit.ts';
import { prefixBase, tableLength } from './opcodes.ts';
import { proposalOfOpcode, unsupportedProposal } from './proposals.ts';
import { checkType } from './valueTypes.ts';

/** Reads code, and writes what stays as it is. */
export class CodeCursor extends ByteReader {
  private readonly out: ByteWriter;
  private readonly runs: number[] | null;
  /** Everything before it is written, or replaced, already. */
  private written = 0;

  /** @param runs gets the triples of `Metered.runs` */
  constructor(bytes: Uint8Array, end: number, out: ByteWriter, runs: number[] | null) {
    super(bytes, 0, end);
    this.out = out;
    this.runs = runs;
  }

  /** Whether it is noted what goes where. */
  get notesRuns(): boolean {
    return this.runs !== null;
  }

  /** Goes on at `to`: what was in between is written already. */
  copied(to: number): void {
    this.note(this.out.position - (to - this.written), this.written, to - this.written);
    this.position = to;
    this.written = to;
  }

  /** Writes what was read and is not written yet, or of it what is before `to`. */
  keep(to = this.position): void {
    const { written, bytes, out } = this;
    const target = out.bytes;
    let at = out.position;
    for (let from = written; from < to; from++) target[at++] = bytes[from]!;
    out.position = at;
    this.written = to;
    this.note(at - (to - written), written, to - written);
  }

  /** Notes that what is added next stands for the place `at`; null for none. */
  standFor(at: number | null): void {
    this.runs?.push(this.out.position, at ?? -1, 0);
  }

  /** Leaves out what was read and is not written yet. */
  drop(): void {
    this.written = this.position;
  }

  /** Writes an operator in place of the one at `at`, which was just read; its index may have been padded. */
  replace(at: number, opcode: number, index: number): void {
    this.note(this.out.position, at, 1);
    this.out.instruction(opcode, index);
    this.drop();
  }

  /** Writes `index` in place of the one at `at`, which was just read. */
  replaceIndex(at: number, index: number): void {
    this.keep(at);
    this.out.u32(index);
    this.drop();
  }

  private note(out: number, from: number, length: number): void {
    if (this.runs !== null && length > 0) this.runs.push(out, from, length);
  }

  /** Moves past a LEB128 number; V8 holds its length and range to the rules. */
  skipLeb(): void {
    const { bytes } = this;
    let at = this.position;
    while (bytes[at++]! >= 0x80);
    this.position = at;
  }

  /**
   * Moves past a block's type, which is one of `types` types where it is an index.
   *
   * @returns `emptyBlockType`, the code of the one result's type, or -1 for an index
   */
  blockType(types: number): number {
    const at = this.position;
    const code = this.bytes[at]!;
    if (code === emptyBlockType) this.position++;
    else if (code > emptyBlockType && code < 0x80) return checkType(this);
    else {
      if (this.u32() >= types) throw invalidWasm('a block type that does not exist', at);
      return -1;
    }
    return code;
  }

  /** Reads what follows a prefix; returns the operator's index in the tables. */
  prefixed(prefix: number, at: number): number {
    const opcode = this.u32();
    if (prefix === 0xfc && opcode < prefixBase.fd - prefixBase.fc) return prefixBase.fc + opcode;
    if (prefix === 0xfd && opcode < tableLength - prefixBase.fd) return prefixBase.fd + opcode;
    throw this.unknown(prefix, at);
  }

  /** The error for the operator at `at`, whose index in the tables has no row. */
  unknown(index: number, at: number): Error {
    const first = this.bytes[at]!;
    const prefix = index >= prefixBase.fc ? first : 0;
    const opcode = prefix === 0 ? first : index - prefixBase.fc;
    const what = `opcode 0x${first.toString(16)}`;
    const proposal = proposalOfOpcode(prefix, opcode);
    return proposal === null ? invalidWasm(`unknown ${what}`, at) : unsupportedProposal(proposal, what, at);
  }
}
