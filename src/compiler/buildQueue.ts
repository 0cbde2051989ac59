import { buildCancelled } from './errors.ts';

/** Lets one job at a time into each folder, in the order of asking; cargo would wait for its lock in silence. */
export class BuildQueue {
  readonly #lines = new Map<string, Line>();

  /**
   * Runs the job when those before it in the folder have ended. `onWait` is called where it has to wait. A signal
   * that aborts before its turn throws `build-cancelled`, and the job is not begun.
   */
  async run<T>(
    folder: string,
    job: () => Promise<T>,
    onWait: () => void,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const line = this.#lines.get(folder) ?? { length: 0, lastEnded: undefined };
    const before = line.lastEnded;
    const { promise: ended, resolve: leave } = Promise.withResolvers<undefined>();
    // Whoever comes next also waits for those before a job that gave up.
    line.lastEnded = Promise.all([before, ended]);
    line.length++;
    this.#lines.set(folder, line);
    try {
      if (line.length > 1) {
        onWait();
        await orAborted(before, signal);
      }
      return await job();
    } finally {
      leave(undefined);
      line.length--;
      if (line.length === 0) this.#lines.delete(folder);
    }
  }
}

/** The jobs of one folder that have not ended. */
interface Line {
  length: number;
  lastEnded: Promise<unknown> | undefined;
}

async function orAborted(
  promise: Promise<unknown> | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (signal?.aborted) throw buildCancelled();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(buildCancelled());
  signal?.addEventListener('abort', onAbort);
  await Promise.race([promise, aborted]).finally(() => signal?.removeEventListener('abort', onAbort));
}
