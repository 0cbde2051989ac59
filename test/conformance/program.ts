import type { FuelModel } from '../../src/shared/fuelModel.ts';

/** A number's bits in decimal, so that nothing is lost on the way; `null` stands for a null reference. */
export type Value = readonly [type: 'i32' | 'i64' | 'f32' | 'f64' | 'funcref' | 'externref', bits: string];

export interface Call {
  readonly export: string;
  readonly args?: readonly Value[];
}

/** One program, and all that its outcome may depend on. */
export interface Program {
  /** Unique; where it comes from, such as `operators/i32.add`. */
  readonly name: string;
  /**
   * `core`: the calls are made to the last module, which may import from those before it by their names.
   * `p1` and `p2`: one binary, run as a command.
   */
  readonly kind: 'core' | 'p1' | 'p2';
  readonly modules: readonly ModuleFile[];
  /** Of a `core` program, in order, all on one instance; ignored for commands. */
  readonly calls?: readonly Call[];
  /** Units; {@link defaultFuel} where it is left out. */
  readonly fuel?: number;
  readonly memoryMb?: number;
  readonly stdin?: Uint8Array;
  readonly argv?: readonly string[];
  readonly env?: readonly (readonly [string, string])[];
  /** The models it is held against; both unless the program is not accepted by one. */
  readonly models?: readonly FuelModel[];
  /** Tried under every limit from 1 to its full cost, sampled above {@link denselyTried}. */
  readonly everyLimit?: boolean;
}

export interface ModuleFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export const defaultFuel = 2_000_000_000;
export const defaultMemoryMb = 128;
/** Limits up to this one are tried each. */
export const denselyTried = 10_000;
