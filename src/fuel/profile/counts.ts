import type { InlinedCode } from '../../wasm/dwarf/inlinedCode.ts';
import type { CountingPoints } from './countingPoints.ts';
import type { CallNode, Growth } from './readTree.ts';

/** How often the code of one module ran, all its instances together. */
export interface ModuleCounts {
  /** The module as it was given. */
  readonly bytes: Uint8Array;
  readonly points: CountingPoints;
  /** For each point how often it was passed, then for each sized operator the units of its sizes. */
  readonly counts: Float64Array;
  /** Who called whom, by instance. */
  readonly trees: (readonly CallNode[])[];
  /** For each defined function: what its calls are inlined from, as `code` numbers it, by slot of its nodes. */
  readonly slots: readonly (readonly number[])[];
  /** What line tables tell of the module. */
  readonly code: InlinedCode;
  /** Of all instances' memories, each instance's in order. */
  readonly growths: Growth[];
  /** Index of the module's first function that is not imported. */
  readonly firstFunction: number;
}

/** What was counted in one run. */
export interface RunCounts {
  readonly modules: readonly ModuleCounts[];
  /** Units that instantiating cost, apart from any function. */
  readonly startupFuel: number;
}
