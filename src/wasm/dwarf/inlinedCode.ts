import { DebugInfo, type InlinedCopy } from './debugInfo.ts';
import type { SourcePlace } from './lineTable.ts';

/** Code of one line, with what it is inlined in. */
export interface CodePlace {
  /** Null where line tables say nothing. */
  readonly place: SourcePlace | null;
  /** Outermost first; empty for a function's own code. */
  readonly copies: readonly InlinedCopy[];
  /** Where the copies were called, innermost first. */
  readonly calls: readonly SourcePlace[];
  /** Number of what the copies are of; see {@link InlinedCode.origins}. */
  readonly context: number;
}

/**
 * What line tables tell of a module's code. What is inlined in a function is told apart by number: code has the same
 * context where copies of the same functions are within each other, wherever they were called. 0 is a function's own.
 */
export class InlinedCode {
  readonly info: DebugInfo | null;
  readonly #origins: (readonly number[])[] = [[]];
  /** By context and origin: the context of the origin's copy within. */
  readonly #within = [new Map<number, number>()];
  /** By the list of copies, which is the same wherever they are. */
  readonly #known = new Map<readonly InlinedCopy[], Pick<CodePlace, 'calls' | 'context'>>();
  #last: CodePlace = { place: null, copies: [], calls: [], context: 0 };

  /** @param bytes a core module */
  constructor(bytes: Uint8Array) {
    this.info = DebugInfo.read(bytes);
  }

  /** The code at an offset of the module. */
  at(offset: number): CodePlace {
    if (this.info === null) return this.#last;
    const place = this.info.place(offset);
    const copies = this.info.inlined(offset);
    if (place === this.#last.place && copies === this.#last.copies) return this.#last;
    const { calls, context } = this.#numbered(copies);
    return (this.#last = { place, copies, calls, context });
  }

  /** The functions that code of a context is inlined from, by their origin, outermost first. */
  origins(context: number): readonly number[] {
    return this.#origins[context]!;
  }

  #numbered(copies: readonly InlinedCopy[]): Pick<CodePlace, 'calls' | 'context'> {
    let known = this.#known.get(copies);
    if (known === undefined) {
      let context = 0;
      for (const { origin } of copies) context = this.#copyWithin(context, origin);
      known = { context, calls: copies.flatMap(({ call }) => call ?? []).reverse() };
      this.#known.set(copies, known);
    }
    return known;
  }

  #copyWithin(context: number, origin: number): number {
    const within = this.#within[context]!;
    let found = within.get(origin);
    if (found === undefined) {
      found = this.#origins.push([...this.#origins[context]!, origin]) - 1;
      this.#within.push(new Map());
      within.set(origin, found);
    }
    return found;
  }
}
