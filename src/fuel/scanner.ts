import type { ByteWriter } from '../wasm/byteWriter.ts';
import { type Arena, cell, tableAt } from './arena.ts';
import { immediates, prefixBase, tableLength } from './opcodes.ts';
import type { Plan } from './plan.ts';

/** What follows an opcode, as far as the scan knows it; `other` is all that needs more than being copied. */
const kind = { other: 0, none: 1, local: 2, leb: 3, access: 4, global: 5 } as const;
/** Bytes by kind, where numbers take one each. */
const lengthOf = [0, 1, 2, 2, 3, 2];
const f32Length = 5;

/** Opcodes from this on that have no immediates are no control operators. */
const firstPlain = 0x1a;
const widestAccess = 16;
/** LEB128 numbers below are one byte. */
const oneByte = 0x80;
/** Alignments from this on tell of a memory index. */
const withMemoryIndex = 0x40;
/** Beyond all bytes: that an operator is not of the usual length, or not for the scan. */
const special = 0x100;
/** Bits of an entry; the lowest twelve are the row of the operator's second byte. */
const shift = { length: 12, third: 15, cost: 24 } as const;
/** Where the row of locals begins, in halves. */
const rowOfLocals = tableAt.seconds / 2 + kind.local * 256;
/** In the place of how many numbers an operator after 0xfc has. */
const notForScan = 0xff;
/** What the scan may write beyond what it is asked for. */
const slack = 64;

/**
 * Goes over the operators that most of any program consists of, as fast as can be. It may stop early at any of them;
 * whoever uses it knows how to treat them all.
 *
 * What comes next is as good as random, and a branch on it is mispredicted: so what to do with an operator is looked
 * up by its opcode and its second byte, and only what is not usual is branched on. The loop itself is scan.wat. Its
 * tables are, by opcode, the row of the second byte, the length, what makes a special third byte overflow, and the
 * cost; and by row and second byte, what takes that byte's place.
 */
export class Scanner {
  private readonly arena: Arena;
  private readonly out: ByteWriter;
  private readonly mayBeFast: boolean;
  private locals = 0;
  private moved = oneByte;

  /** @param mayBeFast whether it may do more than copy */
  constructor(plan: Plan, arena: Arena, out: ByteWriter, mayBeFast: boolean) {
    this.arena = arena;
    this.out = out;
    this.mayBeFast = mayBeFast && plan.counterGlobal < oneByte;
    const { tables, memoryBytes, layout, globalsMovedFrom } = plan;
    const { words } = arena;
    const safeOffset = Math.min((memoryBytes[0] ?? 0) - widestAccess, 0x7fffffff);
    words[cell.safeOffset] = safeOffset;
    const steadyGlobals = Math.min(layout.globals, globalsMovedFrom);
    words[cell.steadyGlobals] = steadyGlobals;
    const mostSecond = [0, special, 0, oneByte, withMemoryIndex, Math.min(steadyGlobals, oneByte)];
    mostSecond.forEach((most, row) => {
      const at = tableAt.seconds / 2 + row * 256;
      for (let byte = 0; byte < 256; byte++) arena.halves[at + byte] = byte < most ? byte : special;
    });
    const mostThird = Math.min(Math.max(safeOffset + 1, 0), oneByte);
    for (let opcode = 0; opcode < 256; opcode++) {
      const shape = tables.immediates[opcode]!;
      const own = kindOf(shape, opcode);
      const length = shape === immediates.f32 ? f32Length : lengthOf[own]!;
      const third = own === kind.access ? special - mostThird : 0;
      const cost = tables.cost[opcode]!;
      const entry = (own * 256) | (length << shift.length) | (third << shift.third) | (cost << shift.cost);
      words[tableAt.whenFresh / 4 + opcode] = entry;
      words[tableAt.whenStale / 4 + opcode] = tables.mayTrap[opcode] === 1 ? 0 : entry;
    }
    for (let index = 0; index < tableLength; index++) {
      arena.bytes[tableAt.shapes + index] = tables.immediates[index]! | (tables.mayTrap[index]! << 7);
    }
    arena.bytes.set(tables.cost.subarray(prefixBase.fc, prefixBase.fd), tableAt.costs);
    arena.bytes.fill(notForScan, tableAt.numbers, tableAt.numbers + immediates.unknown + 1);
    arena.bytes[tableAt.numbers + immediates.none] = 0;
    arena.bytes[tableAt.numbers + immediates.leb] = 1;
    if (plan.options.model === 'wasmtime-28') {
      arena.bytes[tableAt.numbers + immediates.sized] = 1;
      arena.bytes[tableAt.numbers + immediates.sizedGrow] = 1;
      arena.bytes[tableAt.numbers + immediates.sizedPair] = 2;
    }
  }

  /**
   * Begins a function.
   *
   * @param locals how many locals it has; others are not passed over
   * @param moved the local that stands at index `locals` in the result
   * @param takesCount whether it takes and returns the count
   */
  enter(locals: number, moved: number, takesCount: boolean): void {
    const { words, halves } = this.arena;
    if (this.moved < oneByte)
      halves[rowOfLocals + this.moved] = this.moved < this.locals ? this.moved : special;
    for (let index = this.locals; index < locals && index < oneByte; index++)
      halves[rowOfLocals + index] = index;
    for (let index = locals; index < this.locals && index < oneByte; index++)
      halves[rowOfLocals + index] = special;
    if (moved < locals && moved < oneByte) halves[rowOfLocals + moved] = locals < oneByte ? locals : special;
    this.locals = locals;
    this.moved = moved;
    words[cell.isPassed] = takesCount ? 1 : 0;
    words[cell.isFast] = this.mayBeFast && words[cell.written]! < oneByte ? 1 : 0;
  }

  /**
   * Returns where it ended: at an operator to be treated, or at `end` or past it. The output has to have room for all
   * that is left, and a little more.
   */
  scan(from: number, end: number): number {
    const { arena, out } = this;
    const { inputAt, outputAt, words } = arena;
    words[cell.to] = out.position + outputAt;
    const position = arena.scan(from + inputAt, end + inputAt, outputAt + out.bytes.length - slack);
    out.position = words[cell.to]! - outputAt;
    return position - inputAt;
  }

  /** Offset of the last operator that was passed over; negative where there was none. */
  get previous(): number {
    return this.arena.words[cell.previous]! - this.arena.inputAt;
  }
}

function kindOf(shape: number, opcode: number): number {
  switch (shape) {
    case immediates.none:
      return opcode >= firstPlain || opcode === 0x01 ? kind.none : kind.other;
    case immediates.f32:
      return kind.none;
    case immediates.local:
      return kind.local;
    case immediates.leb:
      return kind.leb;
    case immediates.memoryAccess:
      return kind.access;
    case immediates.global:
      return kind.global;
    default:
      return kind.other;
  }
}
