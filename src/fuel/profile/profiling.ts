import { readLayout } from '../layout.ts';
import { operatorTables } from '../opcodes.ts';
import { makePlan, type MeterOptions } from '../plan.ts';
import { type CountingPoints, countingPoints } from './countingPoints.ts';
import { instrument } from './instrument.ts';
import { countersPerReader, profileExports } from './profilePlan.ts';
import { Runs } from './runs.ts';

const tables = operatorTables();

/** One module's part in a profile: its points, and how often its instances passed them. */
export class ModuleProfiler {
  readonly points: CountingPoints;
  /** Index of the first function that is not imported. */
  readonly firstFunction: number;
  /** Told by the metering pass of what it takes over. */
  readonly metered = new Runs();
  #instrumented: Runs | null = null;
  #counters = 0;

  /** @param bytes a module that the metering pass takes */
  constructor(bytes: Uint8Array, options: MeterOptions) {
    const layout = readLayout(bytes);
    this.points = countingPoints(makePlan(layout, tables, options));
    this.firstFunction = layout.importedFunctions;
  }

  /** Adds the counters, and the tree of calls where it is wanted, to the metered module. */
  instrument(metered: Uint8Array, tree: boolean): Uint8Array<ArrayBuffer> {
    const { bytes, runs, counters } = instrument(metered, this.points, this.metered, tree);
    this.#instrumented = runs;
    this.#counters = counters;
    return bytes;
  }

  /** The offset in the module of one in the instrumented module; null outside what either pass took over. */
  originalOffset(offset: number): number | null {
    const metered = this.#instrumented?.source(offset) ?? null;
    return metered === null ? null : this.metered.source(metered);
  }

  /** Counts by point, then the units of each sized operator, of one instance so far. */
  counts({ exports }: WebAssembly.Instance): Float64Array {
    const counts = new Float64Array(this.#counters);
    for (let n = 0; n * countersPerReader < counts.length; n++) {
      const read = exports[profileExports.counters(n)] as () => bigint | bigint[];
      const values = read();
      counts.set((typeof values === 'bigint' ? [values] : values).map(Number), n * countersPerReader);
    }
    return counts;
  }
}
