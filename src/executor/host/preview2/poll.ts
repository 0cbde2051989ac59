import type * as Poll from '@bytecodealliance/preview2-shim/interfaces/wasi-io-poll';
import { trap } from '../../component/trap.ts';
import type { Clocks } from '../clocks.ts';

/** Something a guest can wait for: a moment, or a stream, which is ready once it was given the chance to get ready. */
export class Pollable implements Poll.Pollable {
  readonly #clocks: Clocks;
  /** Monotonic nanoseconds; null for what never takes time. */
  readonly #deadline: bigint | null;
  readonly #prepare: (() => void) | null;

  constructor(clocks: Clocks, deadline: bigint | null, prepare: (() => void) | null = null) {
    this.#clocks = clocks;
    this.#deadline = deadline;
    this.#prepare = prepare;
  }

  ready(): boolean {
    if (this.nanosecondsLeft() > 0n) return false;
    this.#prepare?.();
    return true;
  }

  block(): void {
    const left = this.nanosecondsLeft();
    if (left > 0n) this.#clocks.sleep(left);
    this.#prepare?.();
  }

  nanosecondsLeft(): bigint {
    if (this.#deadline === null) return 0n;
    const left = this.#deadline - this.#clocks.monotonicNow();
    return left > 0n ? left : 0n;
  }
}

/** `wasi:io/poll`. */
export function pollInterface(clocks: Clocks): Record<string, unknown> {
  /** Waits until one is ready at least; returns the places of all that are, in order. */
  function poll(pollables: Pollable[]): Uint32Array {
    if (pollables.length === 0) trap('empty poll list');
    const first = pollables.reduce<bigint | null>((least, pollable) => {
      const left = pollable.nanosecondsLeft();
      return least === null || left < least ? left : least;
    }, null)!;
    if (first > 0n) clocks.sleep(first);
    const places = pollables.flatMap((pollable, place) => (pollable.ready() ? [place] : []));
    return Uint32Array.from(places);
  }
  return { poll, Pollable };
}
