/** A list of 32-bit numbers that grows without boxing them. */
export class Numbers {
  length = 0;
  private values = new Uint32Array(1024);

  push(value: number): void {
    if (this.length === this.values.length) {
      const grown = new Uint32Array(this.length * 2);
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.length++] = value;
  }

  /** The numbers; a view, valid until the next push. */
  get all(): Uint32Array {
    return this.values.subarray(0, this.length);
  }
}
