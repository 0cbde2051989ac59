import { immediates, tableLength } from './opcodes.ts';
import type { Plan } from './plan.ts';

/** How an operator that stays as it is goes on; 0 for one that needs more than being passed over. */
const plain = { none: 1, local: 2, leb: 3, access: 4 } as const;

/** Opcodes from this on that have no immediates are no control operators. */
const firstPlain = 0x1a;
/** Alignments from this on tell of a memory index. */
const withMemoryIndex = 0x40;
const widestAccess = 16;

/**
 * Runs over the operators that the pass leaves as they are, most of any program, as fast as can be. It may stop
 * early at any of them; whoever uses it knows how to treat them all.
 */
export class Scanner {
  private readonly bytes: Uint8Array;
  private readonly costs: Uint8Array;
  private readonly whenFresh = new Uint8Array(256);
  /** The same without operators that may trap. */
  private readonly whenStale = new Uint8Array(256);
  /** Offsets up to this one are within the first memory's largest size, whatever the access. */
  private readonly safeOffset: number;
  /** Where the last scan ended: at an operator to be treated, or past the end. */
  position = 0;
  /** What the operators that were passed over cost. */
  cost = 0;
  /** Offset of the last operator that was passed over; the end where there was none. */
  previous = 0;

  constructor({ layout, tables, memoryBytes }: Plan) {
    this.bytes = layout.bytes;
    this.costs = tables.cost.subarray(0, 256);
    this.safeOffset = (memoryBytes[0] ?? 0) - widestAccess;
    for (let opcode = 0; opcode < Math.min(256, tableLength); opcode++) {
      const kind = plainKind(tables.immediates[opcode]!, opcode);
      this.whenFresh[opcode] = kind;
      this.whenStale[opcode] = tables.mayTrap[opcode] === 1 ? 0 : kind;
    }
  }

  /**
   * @param locals how many locals the function has; others are not passed over
   * @param moved a local that is not passed over
   * @param isStale whether operators that may trap are to be treated
   */
  scan(from: number, locals: number, moved: number, isStale: boolean): void {
    const { bytes, costs, safeOffset } = this;
    const kinds = isStale ? this.whenStale : this.whenFresh;
    let position = from;
    let previous = Number.MAX_SAFE_INTEGER;
    let cost = 0;
    scanning: for (;;) {
      const opcode = bytes[position]!;
      let next = position + 1;
      switch (kinds[opcode]) {
        case plain.none:
          break;
        case plain.local: {
          const index = bytes[next++]!;
          if (index >= 0x80 || index === moved || !(index < locals)) break scanning;
          break;
        }
        case plain.leb:
          while (bytes[next++]! >= 0x80);
          break;
        case plain.access: {
          if (!(bytes[next++]! < withMemoryIndex)) break scanning;
          let byte = bytes[next++]!;
          let offset = byte & 0x7f;
          for (let shift = 7; byte >= 0x80; shift += 7) {
            if (shift > 21) break scanning;
            byte = bytes[next++]!;
            offset |= (byte & 0x7f) << shift;
          }
          if (!(offset <= safeOffset)) break scanning;
          break;
        }
        default:
          break scanning;
      }
      cost += costs[opcode]!;
      previous = position;
      position = next;
    }
    this.position = position;
    this.previous = previous;
    this.cost = cost;
  }
}

function plainKind(shape: number, opcode: number): number {
  if (shape === immediates.none) return opcode >= firstPlain || opcode === 0x01 ? plain.none : 0;
  if (shape === immediates.local) return plain.local;
  if (shape === immediates.leb) return plain.leb;
  return shape === immediates.memoryAccess ? plain.access : 0;
}
