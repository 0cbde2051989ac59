/** Sums by key, in the order in which the keys came. */
export class Sums<T> {
  readonly #sums = new Map<string, { readonly of: T; sum: number; calls: number }>();

  add(key: string, of: () => T, units: number, calls = 0): void {
    const found = this.#sums.get(key);
    if (found === undefined) this.#sums.set(key, { of: of(), sum: units, calls });
    else {
      found.sum += units;
      found.calls += calls;
    }
  }

  /** Dearest first. */
  get all(): { readonly of: T; readonly sum: number; readonly calls: number }[] {
    return [...this.#sums.values()].sort((a, b) => b.sum - a.sum);
  }

  get total(): number {
    let total = 0;
    for (const { sum } of this.#sums.values()) total += sum;
    return total;
  }
}
