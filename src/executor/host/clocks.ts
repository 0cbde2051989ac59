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
  const epoch = epochOfMonotonicClock();
  return {
    wallNow: () => epoch + process.hrtime.bigint(),
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

/**
 * The wall clock's time at the monotonic clock's zero. `performance` has microseconds where `Date` has milliseconds,
 * but drifts from the wall clock in a process that lives for long or sleeps with its machine.
 */
function epochOfMonotonicClock(): bigint {
  const coarse = Date.now();
  const fine = performance.timeOrigin + performance.now();
  const ms = Math.abs(coarse - fine) < 2 ? fine : coarse;
  return BigInt(Math.round(ms * 1000)) * 1000n - process.hrtime.bigint();
}
