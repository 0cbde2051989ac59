import type { Target } from '../shared/target.ts';
import type { CargoDiagnostic } from './cargoMessages.ts';

/** What to build: one bin, example or cdylib of one package. */
export interface BuildRequest {
  /** The folder that holds the crate's Cargo.toml. */
  readonly crateDir: string;
  readonly target: Target;
  /** Null where the crate has only one that can run. */
  readonly runnable: RunnableName | null;
  /** cargo's profile; `release` by default. */
  readonly profile?: string;
  readonly features?: readonly string[];
  readonly noDefaultFeatures?: boolean;
  readonly allFeatures?: boolean;
  readonly locked?: boolean;
  readonly offline?: boolean;
  /** Handed to cargo as they are, after ours. */
  readonly extraArgs?: readonly string[];
  /** Added to cargo's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether to build with line tables, whatever the profile says, and the same code; false by default. */
  readonly lineTables?: boolean;
  /** Seconds; 300 by default, as the worker's. */
  readonly timeoutSeconds?: number;
  /** Whether to make the binary the worker would make (worker.md). */
  readonly optimise?: boolean;
  /**
   * Whether a missing wasm32-wasip2 may be made up for by adapting a wasip1 build, which the notes then say; true
   * by default. Where false it is `target-not-installed`, so that installing it can be offered first.
   */
  readonly adapt?: boolean;
}

export interface RunnableName {
  readonly kind: 'bin' | 'example' | 'cdylib';
  readonly name: string;
  /** Null where only one package has it. */
  readonly package: string | null;
}

/** Something of a crate that can be built and run. */
export interface Runnable {
  readonly kind: 'bin' | 'example' | 'cdylib';
  readonly name: string;
  readonly package: string;
  /** Absolute path of the source file that holds its `fn main` (or lib root). */
  readonly sourcePath: string;
  /** Absolute path of its package's Cargo.toml. */
  readonly manifestPath: string;
}

export interface BuildEvents {
  readonly onProgress?: (progress: BuildProgress) => void;
  /** Each compiler message as it comes. */
  readonly onDiagnostic?: (diagnostic: CargoDiagnostic) => void;
  /** Human-readable text as cargo prints it on stderr, line by line. */
  readonly onLine?: (line: string) => void;
}

export interface BuildProgress {
  /** Crates done, and how many there are where cargo says so. */
  readonly done: number;
  readonly total: number | null;
  readonly crate: string | null;
  /** True while another build of ours, or another cargo's lock, holds the target folder. */
  readonly waiting: boolean;
}

export interface BuildResult {
  /** Absolute path of the artefact that cargo named; of ours in the cache where it was adapted or optimised. */
  readonly artefactPath: string;
  readonly wasm: Uint8Array;
  readonly runnable: Runnable;
  /** The target as asked, and as cargo was given it. */
  readonly target: Target;
  readonly cargoTarget: string;
  readonly buildMs: number;
  readonly diagnostics: readonly CargoDiagnostic[];
  /** Sentences a person should read: adapted from wasip1, larger than the worker's 10 MB, … */
  readonly notes: readonly string[];
  readonly optimised: OptimiseReport | null;
  /** What {@link wasm} was before it was optimised, to compare runs of both; null where it was not. */
  readonly unoptimised: Uint8Array | null;
}

export interface OptimiseReport {
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  /** Name and version; other versions give other bytes. */
  readonly optimiser: string;
}
