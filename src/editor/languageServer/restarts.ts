const longestDelayMs = 60_000;
const calmMs = 5 * 60_000;

/** How long to wait before a server that ended by itself is started again: longer each time, until it runs well. */
export class Restarts {
  readonly #most: number;
  #ends: number[] = [];

  /** @param most ends within five minutes that are answered by another start */
  constructor(most = 6) {
    this.#most = most;
  }

  /** Milliseconds from now; null where it ends so often that starting it again is no use. */
  next(now: number): number | null {
    this.#ends = [...this.#ends.filter((end) => now - end < calmMs), now];
    const count = this.#ends.length;
    return count > this.#most ? null : Math.min(longestDelayMs, 250 * 4 ** (count - 1));
  }

  /** Forgets what was: somebody asked for a start. */
  clear(): void {
    this.#ends = [];
  }
}
