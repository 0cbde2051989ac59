import { meter } from './meter.ts';
import type { MeterOptions } from './plan.ts';

/**
 * Maps offsets in a metered module's code back to the module it was made from, exactly: by metering once more and
 * noting what goes where. Made only when some trap needs it.
 */
export class OffsetMap {
  private readonly runs: readonly number[];

  constructor(bytes: Uint8Array, options: MeterOptions) {
    this.runs = meter(bytes, options, { withRuns: true }).runs;
  }

  /**
   * The original offset of `offset`, both from the start of their modules. Code that was added maps to the
   * operator it was added before; null outside the program's own functions.
   */
  original(offset: number): number | null {
    const { runs } = this;
    let low = 0;
    let high = runs.length / 3;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (runs[3 * middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return null;
    const [out, source, length] = runs.slice(3 * low - 3, 3 * low) as [number, number, number];
    if (offset < out + length) return source + (offset - out);
    return runs[3 * low + 1] ?? null;
  }
}
