import type * as Wall from '@bytecodealliance/preview2-shim/interfaces/wasi-clocks-wall-clock';
import { type Clocks, toldMonotonic, toldWall } from '../clocks.ts';
import { Pollable } from './poll.ts';

const second = 1_000_000_000n;

/** Nanoseconds since the epoch as preview 2 has them. */
export function datetime(nanoseconds: bigint): Wall.Datetime {
  const since = nanoseconds < 0n ? 0n : nanoseconds;
  return { seconds: since / second, nanoseconds: Number(since % second) };
}

/** The way back. */
export function fromDatetime({ seconds, nanoseconds }: Wall.Datetime): bigint {
  return seconds * second + BigInt(nanoseconds);
}

/** `wasi:clocks/wall-clock`. */
export function wallClock(clocks: Clocks): Record<string, unknown> {
  return {
    now: () => datetime(toldWall(clocks)),
    resolution: () => datetime(clocks.resolution),
  };
}

/** `wasi:clocks/monotonic-clock`. */
export function monotonicClock(clocks: Clocks): Record<string, unknown> {
  const subscribeInstant = (when: bigint): Pollable => new Pollable(clocks, when);
  return {
    now: () => toldMonotonic(clocks),
    resolution: () => clocks.resolution,
    subscribeInstant,
    subscribeDuration: (duration: bigint) => subscribeInstant(clocks.monotonicNow() + duration),
  };
}
