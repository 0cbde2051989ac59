import { readLayout } from '../layout.ts';
import type { Metered } from '../meter.ts';
import { operatorTables } from '../opcodes.ts';
import { makePlan, type MeterOptions } from '../plan.ts';
import { type CountingPoints, countingPoints } from './countingPoints.ts';
import { instrument } from './instrument.ts';
import { countersPerReader, profileExports } from './profilePlan.ts';
import { Runs } from '../runs.ts';

const tables = operatorTables();

/** One module's part in a profile: its points, and how often its instances passed them. */
export class ModuleProfiler {
  readonly points: CountingPoints;
  /** Index of the first function that is not imported. */
  readonly firstFunction: number;
  /** The instrumented module. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #metered: Runs;
  readonly #instrumented: Runs;
  readonly #counters: number;

  /**
   * @param bytes a module that the metering pass takes
   * @param metered what it made of it, with its runs
   * @param tree whether to follow calls
   */
  constructor(bytes: Uint8Array, options: MeterOptions, metered: Metered, tree: boolean) {
    const layout = readLayout(bytes);
    // How the count is passed makes no difference to what is counted.
    this.points = countingPoints(makePlan(layout, tables, options, 'global'));
    this.firstFunction = layout.importedFunctions;
    this.#metered = new Runs(metered.runs);
    const enteredByHost = new Set(
      layout.exports
        .filter(({ kind }) => kind === 'func')
        .map(({ index }) => index - layout.importedFunctions),
    );
    const instrumented = instrument(metered.bytes, this.points, this.#metered, tree ? enteredByHost : null);
    this.bytes = instrumented.bytes;
    this.#instrumented = instrumented.runs;
    this.#counters = instrumented.counters;
  }

  /** The offset in the module of one in the instrumented module; null outside what either pass took over. */
  originalOffset(offset: number): number | null {
    const metered = this.#instrumented.source(offset);
    return metered === null ? null : this.#metered.source(metered);
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
