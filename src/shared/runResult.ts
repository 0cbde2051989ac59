import type { Cassette } from './cassette.ts';
import type { FuelModel } from './fuelModel.ts';
import type { NetworkAttempt } from './network.ts';
import type { ResponseFormat } from './outlayer.ts';
import type { Price } from './price.ts';
import type { Profile } from './profile.ts';
import type { FormatName, Target } from './target.ts';
import type { ErrorValue } from './workbenchError.ts';

/**
 * How well {@link RunResult.fuel} and {@link RunResult.peakMemoryBytes} are known. A run that is cut short from
 * outside has used at least the fuel it wrote back last, or that its profile counted; one whose process ended took both numbers along, which are 0.
 */
export type Measured = 'exact' | 'fuel-at-least' | 'lost';

/** What a run did. The same object whether it succeeded, failed, or could not be loaded. */
export interface RunResult {
  /** Null where the bytes are of no format that can be run. */
  readonly format: FormatName | null;
  /** The target that was named, else the one that makes this format; null where there is none. */
  readonly target: Target | null;
  /** Plain WASI's view, as wasmtime's: the program returned, or exited with 0. */
  readonly success: boolean;
  /** stdout, byte for byte, up to the cap. */
  readonly output: Uint8Array;
  /** stderr, byte for byte, up to the cap. */
  readonly stderr: Uint8Array;
  /** Null after a trap or a limit, and where nothing ran. */
  readonly exitCode: number | null;
  /** Units of {@link fuelModel} that were consumed: what a wasmtime store would report. */
  readonly fuel: number;
  readonly fuelModel: FuelModel;
  /** Sum over all linear memories of the most each had. */
  readonly peakMemoryBytes: number;
  readonly measured: Measured;
  /** Size of the file that was run, before metering. */
  readonly wasmBytes: number;
  /** Milliseconds from the bytes to just before the first guest instruction. */
  readonly loadMs: number;
  /** Milliseconds of guest and host calls together. */
  readonly runMs: number;
  /** What the OutLayer worker would answer to the same run. */
  readonly worker: WorkerView;
  /** Every request that the program made or tried to, in order; empty where the process was lost. */
  readonly network: readonly NetworkAttempt[];
  /** What the run got from outside; null where it was not to be recorded, or is more than a cassette holds. */
  readonly recording: Cassette | null;
  /** Where the fuel went; null where the run was not profiled, or nothing of it is known. */
  readonly profile: Profile | null;
  readonly error: ErrorValue | null;
}

/** How the worker judges a run (worker.md): it counts `process::exit(0)` as a failure and bills no fuel for most failures. */
export interface WorkerVerdict {
  readonly success: boolean;
  /** The worker's own words; null where it succeeds. */
  readonly message: string | null;
  /** Units that the worker would bill. */
  readonly billedFuel: number;
  /** micro-USD that the program gave back. */
  readonly refundUsd: number;
}

/** The worker's answer, and what it asks for it. */
export interface WorkerView extends WorkerVerdict {
  readonly responseFormat: ResponseFormat;
  /** Sentences on an answer that is one, but not as good as it could be. */
  readonly warnings: readonly string[];
  /** Of a worker that has the program compiled already, on a machine as fast as this one. */
  readonly price: Price;
}
