/** Milliseconds without an edit before what was edited is checked. */
const pauseMs = 80;

/** Runs work for keys, such as crates: once for a burst of requests, after a pause, and one at a time. */
export class Schedule {
  readonly #work: (key: string) => Promise<void>;
  readonly #onError: (error: unknown) => void;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #running: Promise<void> = Promise.resolve();

  constructor(work: (key: string) => Promise<void>, onError: (error: unknown) => void) {
    this.#work = work;
    this.#onError = onError;
  }

  request(key: string): void {
    clearTimeout(this.#timers.get(key));
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      this.#running = this.#running.then(() => this.#work(key)).catch(this.#onError);
    }, pauseMs);
    this.#timers.set(key, timer);
  }

  /** Waits until nothing runs that was due before the call. */
  idle(): Promise<void> {
    return this.#running;
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
