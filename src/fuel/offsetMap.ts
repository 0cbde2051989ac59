import { meter } from './meter.ts';
import type { MeterOptions } from './plan.ts';
import { Runs } from './runs.ts';

/**
 * Maps offsets in a metered module's code back to the module it was made from, exactly: by metering once more and
 * noting what goes where. Made only when some trap needs it.
 */
export class OffsetMap {
  private readonly runs: Runs;

  constructor(bytes: Uint8Array, options: MeterOptions) {
    this.runs = new Runs(meter(bytes, options, { withRuns: true }).runs);
  }

  /**
   * The original offset of `offset`, both from the start of their modules. Code that was added maps to the
   * operator it was added before, and where a function leads when the limit is reached, to `exitPlace`;
   * null outside the program's own functions.
   */
  original(offset: number): number | null {
    return this.runs.source(offset);
  }
}
