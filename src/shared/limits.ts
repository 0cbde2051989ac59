/** What a run may use up. All three are enforced by the executor; reaching one ends the run with an error that names it. */
export interface Limits {
  /** Fuel, in units of the run's fuel model. At least 1, at most {@link largestInstructionLimit}. */
  readonly maxInstructions: number;
  /**
   * MiB that each single linear memory may have, as wasmtime's limiter counts; at most {@link largestMemoryLimitMb}.
   * Also sizes the cap on stdout.
   */
  readonly maxMemoryMb: number;
  /**
   * Wall-clock seconds from the first guest instruction on; fractions are allowed, from
   * {@link smallestTimeLimitSeconds} to {@link largestTimeLimitSeconds}.
   */
  readonly maxExecutionSeconds: number;
}

/** The OutLayer contract's defaults (worker.md): 1e9 instructions, 128 MB, 60 s. */
export const defaultLimits: Limits = {
  maxInstructions: 1_000_000_000,
  maxMemoryMb: 128,
  maxExecutionSeconds: 60,
};

/** Above this a JavaScript number no longer counts single units; the worker's own cap, 500e9, is far below. */
export const largestInstructionLimit = Number.MAX_SAFE_INTEGER;

/** MiB: all that a 32-bit memory can have. */
export const largestMemoryLimitMb = 4096;

/** A millisecond, in seconds: the watchdog counts whole ones. */
export const smallestTimeLimitSeconds = 0.001;

/** A day, in seconds. Timers can't wait much longer than 24 of them. */
export const largestTimeLimitSeconds = 24 * 60 * 60;

export const bytesPerMb = 1024 * 1024;

/** Bytes of stderr that are kept; the worker's pipe holds 1 MiB, and a guest's write beyond it fails. */
export const stderrCapBytes = bytesPerMb;

/** Bytes of stdout that are kept: the worker sizes its pipe by the memory limit. */
export function stdoutCapBytes(limits: Limits): number {
  return limits.maxMemoryMb * bytesPerMb;
}
