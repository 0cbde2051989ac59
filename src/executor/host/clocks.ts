/** Time as the guest sees it, nanoseconds throughout. */
export interface Clocks {
  /** Since the Unix epoch. */
  wallNow(): bigint;
  /** Since an arbitrary moment; never goes back. */
  monotonicNow(): bigint;
  readonly resolution: bigint;
  /** Blocks the guest, not the process's watchdogs, for that long. */
  sleep(nanoseconds: bigint): void;
}

export function systemClocks(): Clocks {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const longestWaitMs = 2 ** 31;
  return {
    // performance's origin plus its reading has microseconds, where Date has milliseconds.
    wallNow: () => BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n,
    monotonicNow: () => process.hrtime.bigint(),
    resolution: 1n,
    sleep(nanoseconds) {
      const end = process.hrtime.bigint() + nanoseconds;
      for (;;) {
        const left = end - process.hrtime.bigint();
        if (left <= 0n) return;
        Atomics.wait(cell, 0, 0, Math.min(Number(left) / 1e6, longestWaitMs));
      }
    },
  };
}
