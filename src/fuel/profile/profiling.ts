import { readLayout } from '../layout.ts';
import type { Metered } from '../meter.ts';
import { operatorTables } from '../opcodes.ts';
import { makePlan, type MeterOptions } from '../plan.ts';
import { callSlots, type ContextOf } from './callSlots.ts';
import { type CountingPoints, countingPoints } from './countingPoints.ts';
import { instrument } from './instrument.ts';
import { countersPerReader, planProfile, profileExports, type ProfilePlan } from './profilePlan.ts';
import { type CallNode, type Growth, readGrowths, readTree } from './readTree.ts';
import { Runs } from '../runs.ts';
import { fillTree, treeLayout } from './treeLayout.ts';

const tables = operatorTables();

/** What was counted in one instance. */
export interface InstanceCounts {
  /** For each point how often it was passed, then for each sized operator the units of its sizes. */
  readonly counts: Float64Array;
  /** Empty where calls are not followed, as is `growths`. */
  readonly tree: readonly CallNode[];
  readonly growths: readonly Growth[];
}

/** One module's part in a profile: its points, and how often its instances passed them. */
export class ModuleProfiler {
  readonly points: CountingPoints;
  /** Index of the first function that is not imported. */
  readonly firstFunction: number;
  /** For each defined function: the context of each of its slots; empty where calls are not followed. */
  readonly slots: readonly (readonly number[])[];
  /** The instrumented module. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #metered: Runs;
  readonly #instrumented: Runs;
  readonly #plan: ProfilePlan;

  /**
   * @param bytes a module that the metering pass takes
   * @param metered what it made of it, with its runs
   * @param contextOf by which the tree of calls tells them apart; null where calls are not followed
   */
  constructor(bytes: Uint8Array, options: MeterOptions, metered: Metered, contextOf: ContextOf | null) {
    const layout = readLayout(bytes);
    // How the count is passed makes no difference to what is counted.
    this.points = countingPoints(makePlan(layout, tables, options, 'global'));
    this.firstFunction = layout.importedFunctions;
    this.#metered = new Runs(metered.runs);
    const slots = contextOf === null ? null : callSlots(this.points, contextOf);
    this.slots = slots?.contexts ?? [];
    const exported = layout.exports.flatMap(({ kind, index }) =>
      kind === 'func' ? [index - layout.importedFunctions] : [],
    );
    // A function that takes the place of another returns to whoever called that one.
    const replaces = this.points.calls.some(({ returns }) => returns);
    const enteredByHost = new Set(replaces ? this.points.bodies.keys() : exported);
    this.#plan = planProfile(
      readLayout(metered.bytes),
      this.points,
      slots && { enteredByHost, slots, memoryLayout: treeLayout(this.points, slots) },
    );
    const instrumented = instrument(metered.bytes, this.#plan, this.#metered);
    this.bytes = instrumented.bytes;
    this.#instrumented = instrumented.runs;
  }

  /** The offset in the module of one in the instrumented module; null outside what either pass took over. */
  originalOffset(offset: number): number | null {
    const metered = this.#instrumented.source(offset);
    return metered === null ? null : this.#metered.source(metered);
  }

  /** Prepares an instance, before any of its code runs. */
  prepare({ exports }: WebAssembly.Instance): void {
    const memory = exports[profileExports.tree] as WebAssembly.Memory | undefined;
    if (this.#plan.tree !== null && memory !== undefined) fillTree(this.#plan.tree.memoryLayout, memory);
  }

  /** What was counted in an instance so far. */
  counted(instance: WebAssembly.Instance): InstanceCounts {
    const { tree } = this.#plan;
    if (tree === null) return { counts: this.#countersOf(instance), tree: [], growths: [] };
    const nodes = readTree(instance, tree.memoryLayout);
    return {
      counts: this.#sumsOf(nodes),
      tree: nodes,
      growths: readGrowths(instance, tree.memoryLayout),
    };
  }

  #countersOf({ exports }: WebAssembly.Instance): Float64Array {
    const counts = new Float64Array(this.#plan.counters);
    for (let n = 0; n * countersPerReader < counts.length; n++) {
      const read = exports[profileExports.counters(n)] as () => bigint | bigint[];
      const values = read();
      counts.set((typeof values === 'bigint' ? [values] : values).map(Number), n * countersPerReader);
    }
    return counts;
  }

  #sumsOf(nodes: readonly CallNode[]): Float64Array {
    const { at, sized, functionPoints, functionSized } = this.points;
    const sums = new Float64Array(at.length + sized.length);
    for (const { function: index, counts } of nodes) {
      const first = functionPoints[index] ?? 0;
      const points = (functionPoints[index + 1] ?? 0) - first;
      const firstSized = at.length + (functionSized[index] ?? 0);
      counts.forEach((count, n) => {
        sums[n < points ? first + n : firstSized + n - points]! += count;
      });
    }
    return sums;
  }
}
