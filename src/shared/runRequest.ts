import type { TapeOptions } from './cassette.ts';
import type { FuelModel } from './fuelModel.ts';
import type { Limits } from './limits.ts';
import type { Mocks } from './mocks.ts';
import type { NetworkOptions } from './network.ts';
import type { OutlayerOptions } from './outlayer.ts';
import type { Target } from './target.ts';

/** A folder that a guest may open. */
export interface Preopen {
  /** Absolute path on the host. */
  readonly hostPath: string;
  /** The name the guest opens it by, such as `.` or `/data`. */
  readonly guestPath: string;
  readonly writable: boolean;
}

/** What a run depends on besides bytes, input, limits and environment. */
export interface RunOptions {
  /** Final when named: no other format is tried. Null detects: p2, then p1, then unknown. */
  readonly target: Target | null;
  /** The guest's whole argv, program name included; empty as on the worker unless set. */
  readonly argv: readonly string[];
  readonly preopens: readonly Preopen[];
  /** The name by which the guest opens a fresh, writable folder that is deleted after the run; null for none. */
  readonly scratch?: string | null;
  /** Seeds `random` so that runs repeat; null for real randomness. A whole number from 0 to 2^53-1. */
  readonly seed: number | null;
  readonly fuelModel: FuelModel;
  /** `defaultNetwork` where it is left out. */
  readonly network?: NetworkOptions;
  /** Answers in the place of the network; the network alone where it is left out. */
  readonly mocks?: Mocks;
  /** Whether the run is recorded or replayed; neither where it is left out. */
  readonly tape?: TapeOptions;
  /** `noOutlayer` where it is left out. */
  readonly outlayer?: OutlayerOptions;
  /** Whether to count where the fuel goes, which takes time and changes nothing else. */
  readonly profile: boolean;
}

/** One run, complete: nothing else reaches the guest, and nothing is inherited. */
export interface RunRequest {
  readonly wasm: Uint8Array;
  /** Shown in messages and used for nothing else: a file's or a crate's name. */
  readonly name: string;
  /** The bytes of stdin. */
  readonly input: Uint8Array;
  readonly limits: Limits;
  /** In the order in which the guest sees it. */
  readonly env: readonly (readonly [name: string, value: string])[];
  readonly options: RunOptions;
}
