import type { FuelModel } from './fuelModel.ts';
import type { Limits } from './limits.ts';
import type { NetworkAttempt } from './network.ts';
import type { ProfileKind } from './profileKind.ts';
import type { Measured, WorkerView } from './runResult.ts';
import type { FormatName, Target } from './target.ts';
import type { ErrorCode, Frame } from './workbenchError.ts';

/** The one run that the panel shows: the same fields before, during and after it, so that nothing jumps. */
export interface PanelRun {
  /** Tells it from every other run; requests of the panel name it. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly program: string;
  readonly target: Target;
  /** cargo's profile, such as `release`. */
  /** Null of a `.wasm` file, which is run as it is. */
  readonly buildProfile: string | null;
  readonly profileKind: ProfileKind;
  /** What stdin was, in a few words. */
  readonly input: string;
  /** Whether it is recorded or replayed; left out where it is neither. */
  readonly taping?: 'record' | 'replay';
  /** Whether it was asked for to learn the lines of a backtrace; left out where it wasn't. */
  readonly withLines?: true;
  /** Whether it counts where the fuel goes, as a repetition of it does; left out where it doesn't. */
  readonly profiled?: true;
  readonly limits: Limits;
  readonly fuelModel: FuelModel;
  readonly phase: PanelPhase;
  /** Milliseconds; null until the build ended. */
  readonly buildMs: number | null;
  /** Sentences about the build that a person should read. */
  readonly notes: readonly string[];
  readonly outcome: PanelOutcome | null;
  /** Null until the run has ended and was held against the ones before. */
  readonly change: FuelChange | null;
}

/** What became of the fuel since the last run of the same program. */
export type FuelChange =
  | {
      readonly kind: 'changed';
      /** The latest comparable run: of the same target, fuel model and input. */
      readonly since: string;
      /** Its fuel. */
      readonly before: number;
    }
  | { readonly kind: 'incomparable'; readonly reason: string }
  | { readonly kind: 'first' };

export type PanelPhase =
  | { readonly kind: 'building'; readonly elapsedMs: number; readonly progress: string | null }
  /** `fuel` is what it had used when it last wrote something; null until then. */
  | { readonly kind: 'running'; readonly elapsedMs: number; readonly fuel: number | null }
  | { readonly kind: 'done' };

/** How a run, or the build before it, ended. */
export interface PanelOutcome {
  /** In the view that leads: plain WASI's, or the worker's. */
  readonly success: boolean;
  /** One line that says so in the user's words. */
  readonly headline: string;
  readonly error: PanelError | null;
  /** Null where the build failed, so that nothing ran. */
  readonly measures: PanelMeasures | null;
  /** What the worker would ask for it, in words; null where plain WASI's view leads, or nothing ran. */
  readonly price: PanelPrice | null;
  /** Its requests, the first of them where there are very many; left out where there were none. */
  readonly network?: PanelNetwork;
  /** What its profile is asked for by; left out where it has none. */
  readonly profile?: number;
}

export interface PanelPrice {
  /** On chain, such as `0.00101 NEAR`. */
  readonly near: string;
  /** Over HTTPS, such as `0.001024 USD`. */
  readonly usd: string;
}

export interface PanelNetwork {
  readonly attempts: readonly NetworkAttempt[];
  /** How many more there were. */
  readonly left: number;
}

export interface PanelMeasures {
  /** Null where the bytes are of no format that runs. */
  readonly format: FormatName | null;
  readonly formatTitle: string;
  readonly exitCode: number | null;
  readonly fuel: number;
  readonly peakMemoryBytes: number;
  readonly measured: Measured;
  readonly wasmBytes: number;
  readonly loadMs: number;
  readonly runMs: number;
  /** Plain WASI's view. */
  readonly success: boolean;
  readonly worker: WorkerView;
}

export interface PanelError {
  readonly code: ErrorCode;
  readonly cause: string | null;
  readonly hint: string | null;
  /** Titles of the buttons; a press names its position. */
  readonly actions: readonly string[];
  /** Whether the first of them comes before the place where it happened; left out where it doesn't. */
  readonly actFirst?: true;
  readonly backtrace: readonly Frame[];
}
