import type { FunctionCode } from './functions.ts';
import { lastFrom, lastIndexFrom } from './lookup.ts';

/** The function itself, then what is inlined at a place, each within the one before. */
export type CodeChain = readonly FunctionCode[];

interface Piece {
  readonly low: number;
  /** Empty for a gap between the function's ranges. */
  chain: CodeChain;
}

const lowOf = ({ low }: Piece): number => low;

/** What is inlined where in one function: laid out once, since profiles ask for every operator. */
export class CodeChains {
  /** Ascending. */
  readonly #pieces: Piece[];

  constructor(code: FunctionCode) {
    const ends = new Set<number>();
    collectEnds(code, ends);
    const gap: CodeChain = [];
    this.#pieces = [...ends].sort((a, b) => a - b).map((low) => ({ low, chain: gap }));
    this.#lay(code, gap);
  }

  at(address: number): CodeChain {
    return lastFrom(this.#pieces, address, lowOf)?.chain ?? [];
  }

  /** Where several copies have a piece of what they are in, the first counts. */
  #lay(code: FunctionCode, within: CodeChain): void {
    const chain = [...within, code];
    for (const { low, high } of code.ranges) {
      for (
        let n = lastIndexFrom(this.#pieces, low, lowOf);
        n < this.#pieces.length && this.#pieces[n]!.low < high;
        n++
      ) {
        if (this.#pieces[n]!.chain === within) this.#pieces[n]!.chain = chain;
      }
    }
    for (const copy of code.inlined) this.#lay(copy, chain);
  }
}

function collectEnds({ ranges, inlined }: FunctionCode, ends: Set<number>): void {
  for (const { low, high } of ranges) ends.add(low).add(high);
  for (const copy of inlined) collectEnds(copy, ends);
}
