import type { RunRequest } from '../../shared/runRequest.ts';
import type { RunResult } from '../../shared/runResult.ts';
import { stopped } from '../outcome/explain.ts';
import { withScratch } from '../scratch.ts';
import { conductRun, type RunEvents } from './conductRun.ts';
import { ExecutorChild, type ExecutorChildOptions } from './executorChild.ts';
import { lostRun } from './lostRun.ts';

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
  /** The warm process; undefined while there is none. */
  readonly processId: number | undefined;
}

/** How the child fares; `resting` where there is none because none is needed. */
export type ExecutorState = 'starting' | 'ready' | 'resting' | 'crashed';

export interface ExecutorServiceOptions extends ExecutorChildOptions {
  /** Told whenever it changes. */
  readonly onState?: (state: ExecutorState) => void;
  /** Milliseconds without a run after which the child is ended; five minutes by default. */
  readonly idleMs?: number;
}

const defaultIdleMs = 5 * 60_000;

/** A service whose child process starts with the first run, and is kept for the next ones. */
export function createExecutorService(options: ExecutorServiceOptions): ExecutorService {
  return new ChildProcessExecutor(options);
}

class ChildProcessExecutor implements ExecutorService {
  readonly #options: ExecutorServiceOptions;
  readonly #disposal = new AbortController();
  #child: ExecutorChild | null = null;
  /** Fulfilled when the last run that was asked for is over. */
  #lastTurn: Promise<unknown> = Promise.resolve();
  #idleTimer: NodeJS.Timeout | undefined;
  #disposed: Promise<void> | null = null;

  constructor(options: ExecutorServiceOptions) {
    this.#options = options;
  }

  async run(request: RunRequest, events: RunEvents = {}, signal?: AbortSignal): Promise<RunResult> {
    const before = this.#lastTurn;
    const turn = Promise.withResolvers<unknown>();
    this.#lastTurn = turn.promise;
    const stop = AbortSignal.any([this.#disposal.signal, ...(signal === undefined ? [] : [signal])]);
    try {
      await fulfilledOrAborted(before, stop);
      return stop.aborted
        ? lostRun(request, { error: stopped() })
        : await this.#runNow(request, events, stop);
    } finally {
      // A run that was stopped while it waited leaves its turn to the next only when the one before is over.
      void before.then(() => turn.resolve(null));
    }
  }

  get processId(): number | undefined {
    return this.#child?.alive === true ? this.#child.processId : undefined;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return (this.#disposed ??= this.#dispose());
  }

  async #dispose(): Promise<void> {
    this.#disposal.abort();
    await this.#lastTurn;
    await this.#endChild();
  }

  async #runNow(asked: RunRequest, events: RunEvents, stop: AbortSignal): Promise<RunResult> {
    clearTimeout(this.#idleTimer);
    await using scratch = await withScratch(asked);
    const { request } = scratch;
    const child = this.#livingChild();
    let run = await conductRun(child, request, events, stop);
    // It had ended before the request came, and nobody had noticed yet.
    if (!run.accepted && !stop.aborted) run = await conductRun(this.#livingChild(), request, events, stop);
    if (this.#disposal.signal.aborted) return run.result;
    // One that was killed is replaced at once, so that the next run finds it warm; one that crashed, when needed.
    if (run.result.error?.code !== 'executor-crashed') this.#livingChild();
    this.#idleTimer = setTimeout(() => void this.#endChild(), this.#options.idleMs ?? defaultIdleMs).unref();
    return run.result;
  }

  #livingChild(): ExecutorChild {
    if (this.#child?.alive === true) return this.#child;
    const child = new ExecutorChild(this.#options);
    this.#child = child;
    this.#tell(child, 'starting');
    void child.started.then(() => this.#tell(child, 'ready'));
    void child.exited.then(() => {
      if (!child.killed) this.#tell(child, 'crashed');
    });
    return child;
  }

  #tell(child: ExecutorChild, state: ExecutorState): void {
    if (this.#child === child && !this.#disposal.signal.aborted) this.#options.onState?.(state);
  }

  async #endChild(): Promise<void> {
    clearTimeout(this.#idleTimer);
    const child = this.#child;
    this.#child = null;
    if (child !== null && !this.#disposal.signal.aborted) this.#options.onState?.('resting');
    child?.kill();
    await child?.exited;
  }
}

async function fulfilledOrAborted(promise: Promise<unknown>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const aborted = Promise.withResolvers<unknown>();
  signal.addEventListener('abort', () => aborted.resolve(null), { once: true });
  await Promise.race([promise, aborted.promise]);
}
