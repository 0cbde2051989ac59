/** Counts the calls of an interface of which a run may make so many. */
export class CallLimit {
  readonly #name: string;
  readonly #most: number;
  #made = 0;

  /** @param name as the worker's message has it, such as `VRF` */
  constructor(name: string, most: number) {
    this.#name = name;
    this.#most = most;
  }

  /** Counts one more; the worker's message where there were enough already, else null. */
  take(): string | null {
    if (this.#made >= this.#most) {
      return `${this.#name} rate limit exceeded: ${this.#made + 1} calls (max: ${this.#most})`;
    }
    this.#made++;
    return null;
  }
}
