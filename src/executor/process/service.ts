import type { RunRequest } from '../../shared/runRequest.ts';
import type { RunResult } from '../../shared/runResult.ts';

/** Told while a run goes on. Bytes arrive in order and are the callee's to keep. */
export interface RunEvents {
  readonly onStdout?: (bytes: Uint8Array) => void;
  readonly onStderr?: (bytes: Uint8Array) => void;
}

/**
 * Runs programs in a warm child process, one at a time; a second run waits for the first. The child is started
 * at the first run, and again after it had to be killed.
 */
export interface ExecutorService extends AsyncDisposable {
  /**
   * Never rejects for what a program does: limits, traps, crashes and stops are in the result's `error`.
   * Aborting the signal stops the run within 200 ms; the result then has `stopped` and the output so far.
   */
  run(request: RunRequest, events?: RunEvents, signal?: AbortSignal): Promise<RunResult>;
}

export interface ExecutorServiceOptions {
  /** The bundled child, `dist/executor.js`. */
  readonly childPath: string;
  /** The Node.js 24 (or Electron) binary to run it; by default the one that runs this. */
  readonly nodePath?: string;
  /** Folder for caches that survive the process; made on demand, bounded in size. */
  readonly cacheDir: string;
  readonly log?: (line: string) => void;
}
