/** Time of a run, nanoseconds throughout. */
export interface Clocks {
  /** Since the Unix epoch. */
  wallNow(): bigint;
  /** Since an arbitrary moment; never goes back. */
  monotonicNow(): bigint;
  readonly resolution: bigint;
  /** Blocks the guest, not the process's watchdogs, for that long. */
  sleep(nanoseconds: bigint): void;
  /** Set where what the guest is told of time is recorded or replayed. */
  readonly tape?: TimeTape;
}

/** A question of a guest whose answer depends on how long things outside of it took. */
export type TimingQuestion = 'poll' | 'ready' | 'get' | 'read' | 'write';

/** What a guest is told of time: as it is, and written down; or as it once was. */
export interface TimeTape {
  wall(now: () => bigint): bigint;
  monotonic(now: () => bigint): bigint;
  answer(question: TimingQuestion, now: () => string): string;
}

/** The wall clock as the guest is told it. */
export function toldWall(clocks: Clocks): bigint {
  return clocks.tape === undefined ? clocks.wallNow() : clocks.tape.wall(() => clocks.wallNow());
}

/** The monotonic clock as the guest is told it. */
export function toldMonotonic(clocks: Clocks): bigint {
  return clocks.tape === undefined
    ? clocks.monotonicNow()
    : clocks.tape.monotonic(() => clocks.monotonicNow());
}

/** Whether something has come about, as the guest is told it. */
export function toldWhether(
  { tape }: Clocks,
  question: 'ready' | 'get' | 'read',
  now: () => boolean,
): boolean {
  return tape === undefined ? now() : tape.answer(question, () => (now() ? 'yes' : 'no')) === 'yes';
}

/** Which of several, by their places, have come about, as the guest is told it. */
export function toldPlaces({ tape }: Clocks, now: () => readonly number[]): readonly number[] {
  if (tape === undefined) return now();
  const answer = tape.answer('poll', () => now().join(','));
  return answer === '' ? [] : answer.split(',').map(Number);
}

/** How many bytes may be written, as the guest is told it; null for a stream that is closed. */
export function toldPermit({ tape }: Clocks, now: () => number | null): number | null {
  if (tape === undefined) return now();
  const answer = tape.answer('write', () => String(now() ?? 'closed'));
  return answer === 'closed' ? null : Number(answer);
}

/** This machine's clocks. A sleep is an `Atomics.wait`, which the watchdog breaks into. */
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
