import type { ByteWriter } from '../wasm/byteWriter.ts';
import type { Arena } from './arena.ts';
import { immediates } from './opcodes.ts';
import type { Plan } from './plan.ts';

/** What follows an opcode, as far as the scan knows it; `other` is all that needs more than being copied. */
const kind = { other: 0, none: 1, local: 2, leb: 3, access: 4 } as const;
/** Bytes by kind, where numbers take one each. */
const lengthOf = [0, 1, 2, 2, 3];
/** Second bytes from this one on are special, by kind: long numbers, and alignments that tell of a memory index. */
const mostSecond = [0, 0x100, 0, 0x80, 0x40];

/** Opcodes from this on that have no immediates are no control operators. */
const firstPlain = 0x1a;
const widestAccess = 16;
/** LEB128 numbers below are one byte. */
const oneByte = 0x80;
/** Beyond all bytes: that an operator is not of the usual length, or not for the scan. */
const special = 0x100;
/** Bits of an entry; the lowest twelve are the row of the operator's second byte. */
const shift = { length: 12, third: 15, cost: 24 } as const;

/** Addresses in the arena; what a scan leaves stands before them. */
const entriesWhenFresh = 0x400;
const entriesWhenStale = 0x800;
const secondsAt = 0xc00;
const result = { to: 0, previous: 1, cost: 2 } as const;

/**
 * Copies the operators that the pass leaves as they are, most of any program, as fast as can be. It may stop
 * early at any of them; whoever uses it knows how to treat them all.
 *
 * What comes next is as good as random, and a branch on it is mispredicted: so what to do with an operator is looked
 * up by its opcode and its second byte, and only what is not usual is branched on. The loop itself is scan.wat. Its
 * tables are, by opcode, the row of the second byte, the length, what makes a special third byte overflow, and the
 * cost; and by row and second byte, what takes that byte's place.
 */
export class Scanner {
  private readonly arena: Arena;
  private readonly out: ByteWriter;
  /** Offsets up to this one are within the first memory's largest size, whatever the access. */
  private readonly safeOffset: number;
  private locals = 0;
  private moved = -1;
  /** What the operators that were passed over cost. */
  cost = 0;
  /** Offset of the last operator that was passed over; negative where there was none. */
  previous = 0;

  constructor({ tables, memoryBytes }: Plan, arena: Arena, out: ByteWriter) {
    this.arena = arena;
    this.out = out;
    this.safeOffset = Math.min((memoryBytes[0] ?? 0) - widestAccess, 0x7fffffff);
    const { words } = arena;
    const seconds = new Uint16Array(words.buffer, secondsAt);
    mostSecond.forEach((most, row) => {
      for (let byte = 0; byte < 256; byte++) seconds[row * 256 + byte] = byte < most ? byte : special;
    });
    const mostThird = Math.min(Math.max(this.safeOffset + 1, 0), oneByte);
    for (let opcode = 0; opcode < 256; opcode++) {
      const own = kindOf(tables.immediates[opcode]!, opcode);
      const third = own === kind.access ? special - mostThird : 0;
      const cost = tables.cost[opcode]! << shift.cost;
      const entry = (own * 256) | (lengthOf[own]! << shift.length) | (third << shift.third) | cost;
      words[entriesWhenFresh / 4 + opcode] = entry;
      words[entriesWhenStale / 4 + opcode] = tables.mayTrap[opcode] === 1 ? 0 : entry;
    }
  }

  /**
   * Begins a function.
   *
   * @param locals how many locals it has; others are not passed over
   * @param moved the local that stands at index `locals` in the result
   */
  enter(locals: number, moved: number): void {
    const row = new Uint16Array(this.arena.words.buffer, secondsAt + kind.local * 512, oneByte);
    if (this.moved < oneByte) row[this.moved] = this.moved < this.locals ? this.moved : special;
    for (let index = this.locals; index < locals && index < oneByte; index++) row[index] = index;
    for (let index = locals; index < this.locals && index < oneByte; index++) row[index] = special;
    if (moved < locals && moved < oneByte) row[moved] = locals < oneByte ? locals : special;
    this.locals = locals;
    this.moved = moved;
  }

  /**
   * Returns where it ended: at an operator to be treated, or past `end`. The output has to have room for all that may
   * be copied, and a few bytes more.
   *
   * @param isStale whether operators that may trap are to be treated
   */
  scan(from: number, end: number, isStale: boolean): number {
    const { arena, out } = this;
    const { inputAt, outputAt, words } = arena;
    const position = arena.scan(
      from + inputAt,
      end + inputAt,
      out.position + outputAt,
      isStale ? entriesWhenStale : entriesWhenFresh,
      secondsAt,
      this.safeOffset,
    );
    out.position = words[result.to]! - outputAt;
    this.previous = words[result.previous]! - inputAt;
    this.cost = words[result.cost]!;
    return position - inputAt;
  }
}

function kindOf(shape: number, opcode: number): number {
  if (shape === immediates.none) return opcode >= firstPlain || opcode === 0x01 ? kind.none : kind.other;
  if (shape === immediates.local) return kind.local;
  if (shape === immediates.leb) return kind.leb;
  return shape === immediates.memoryAccess ? kind.access : kind.other;
}
