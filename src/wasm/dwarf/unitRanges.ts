import { lastFrom } from './lookup.ts';
import type { Unit } from './units.ts';

/** Addresses of a unit, from `low` up to the next one's. */
interface Claim {
  readonly low: number;
  /** Null where no unit has the code. */
  readonly unit: Unit | null;
}

/**
 * Which unit each piece of code is of. Linkers give a function that another of its name took the place of that one's
 * address, so that two units claim it: as for LLVM, the one that claims the code before counts there, else the first.
 */
export class UnitRanges {
  /** Ascending. */
  readonly #claims: Claim[] = [];

  /** @param codeSize bytes of the code section; what a linker discards has addresses beyond it, or 0 */
  constructor(units: readonly Unit[], codeSize: number) {
    const ends = units.flatMap((unit) =>
      unit.ranges
        .filter(({ low, high }) => low > 0 && low < codeSize && high > low)
        .flatMap(({ low, high }) => [
          { address: low, unit, opens: 1 },
          { address: high, unit, opens: -1 },
        ]),
    );
    ends.sort((a, b) => a.address - b.address);
    const open = new Map<Unit, number>();
    ends.forEach(({ address, unit, opens }, n) => {
      open.set(unit, (open.get(unit) ?? 0) + opens);
      if (open.get(unit) === 0) open.delete(unit);
      if (ends[n + 1]?.address === address) return;
      const before = this.#claims.at(-1)?.unit ?? null;
      if (before !== null && open.has(before)) return;
      const first = [...open.keys()].reduce<Unit | null>(
        (least, one) => (least === null || one.start < least.start ? one : least),
        null,
      );
      this.#claims.push({ low: address, unit: first });
    });
  }

  /** The unit of the code at an address; null for none. */
  at(address: number): Unit | null {
    return lastFrom(this.#claims, address, ({ low }) => low)?.unit ?? null;
  }
}
