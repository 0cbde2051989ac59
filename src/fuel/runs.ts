interface Run {
  readonly out: number;
  readonly source: number;
  readonly length: number;
}

/**
 * Runs of bytes that a pass took over from its source into its result, for finding places of one in the other. A run
 * of no bytes says which place the code stands for that was added after it, a negative one that it stands for none.
 */
export class Runs {
  private readonly runs: Run[] = [];
  private bySource: Run[] | null = null;
  private byOut: Run[] | null = null;

  /** @param triples offset in the result, offset in the source, and length of each */
  constructor(triples: readonly number[] = []) {
    for (let n = 0; n < triples.length; n += 3) this.add(triples[n]!, triples[n + 1]!, triples[n + 2]!);
  }

  add(out: number, source: number, length: number): void {
    this.runs.push({ out, source, length });
  }

  /** Where the byte at `source` stands in the result, else the place after the byte before it; null for neither. */
  place(source: number): number | null {
    this.bySource ??= this.runs.toSorted((a, b) => a.source - b.source);
    const run = this.bySource[lastIndex(this.bySource, ({ source: start }) => start <= source)] ?? null;
    if (run !== null && source < run.source + run.length) return run.out + (source - run.source);
    return run !== null && source === run.source + run.length ? run.out + run.length : null;
  }

  /** Where code begins that was added to stand for the place `source`; null where there is none. */
  added(source: number): number | null {
    this.bySource ??= this.runs.toSorted((a, b) => a.source - b.source);
    const first = lastIndex(this.bySource, ({ source: start }) => start < source) + 1;
    const run = this.bySource[first];
    return run?.source === source && run.length === 0 ? run.out : null;
  }

  /** The offset in the source of a byte of the result; of what follows it where it was added, null after all. */
  source(out: number): number | null {
    this.byOut ??= this.runs.toSorted((a, b) => a.out - b.out);
    const at = lastIndex(this.byOut, ({ out: start }) => start <= out);
    const run = this.byOut[at];
    if (run === undefined) return null;
    if (out < run.out + run.length) return run.source + (out - run.out);
    if (run.length === 0) return run.source < 0 ? null : run.source;
    return this.byOut[at + 1]?.source ?? null;
  }
}

/** Index of the last of `sorted` for which `holds`, which it does for a first part of them; -1 for none. */
function lastIndex(sorted: readonly Run[], holds: (run: Run) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
