import type * as Poll from '@bytecodealliance/preview2-shim/interfaces/wasi-io-poll';
import { trap } from '../../component/trap.ts';
import { type Clocks, toldPlaces, toldWhether } from '../clocks.ts';

/** Something that comes about outside of the guest, such as a response. All signals of a run ring one bell. */
export interface Signal {
  happened(): boolean;
  /** Waits until any signal of the run may have happened, for at most that many nanoseconds; null for no such bound. */
  wait(most: bigint | null): void;
}

/** Something a guest can wait for: a moment, a signal, or a stream, which is ready once it was given the chance to get ready. */
export class Pollable implements Poll.Pollable {
  readonly #clocks: Clocks;
  /** Monotonic nanoseconds; null for what never takes time. */
  readonly #deadline: bigint | null;
  readonly #prepare: (() => void) | null;
  readonly signal: Signal | null;

  constructor(
    clocks: Clocks,
    deadline: bigint | null,
    prepare: (() => void) | null = null,
    signal: Signal | null = null,
  ) {
    this.#clocks = clocks;
    this.#deadline = deadline;
    this.#prepare = prepare;
    this.signal = signal;
  }

  /** Whether it depends on time when it is ready. */
  get timed(): boolean {
    return this.signal !== null || this.#deadline !== null;
  }

  ready(): boolean {
    return this.timed ? toldWhether(this.#clocks, 'ready', () => this.isReady()) : this.isReady();
  }

  /** What {@link ready} tells, without the guest's having asked. */
  isReady(): boolean {
    if (this.signal !== null) return this.signal.happened();
    if (this.nanosecondsLeft() > 0n) return false;
    this.#prepare?.();
    return true;
  }

  block(): void {
    if (this.signal !== null) {
      while (!this.signal.happened()) this.signal.wait(null);
      return;
    }
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
    const timeless = pollables.length === 1 || !pollables.some(({ timed }) => timed);
    const wait = (): number[] => waitForAny(pollables);
    if (timeless) return Uint32Array.from(wait());
    // A program that was changed since its run was recorded may wait for fewer.
    const told = toldPlaces(clocks, wait).filter((place) => place < pollables.length);
    if (told.length === 0) return Uint32Array.from(wait());
    // What a replayed run is told has to be seen by those that it speaks of.
    for (const place of told) pollables[place]!.isReady();
    return Uint32Array.from(told);
  }

  function waitForAny(pollables: readonly Pollable[]): number[] {
    const signal = pollables.find((pollable) => pollable.signal !== null)?.signal ?? null;
    for (;;) {
      const places = pollables.flatMap((pollable, place) => (pollable.isReady() ? [place] : []));
      if (places.length > 0) return places;
      const left = firstDeadline(pollables);
      if (signal !== null) signal.wait(left);
      else clocks.sleep(left ?? 0n);
    }
  }
  return { poll, Pollable };
}

/** Nanoseconds to the first moment that is waited for; null where only signals are. */
function firstDeadline(pollables: readonly Pollable[]): bigint | null {
  return pollables.reduce<bigint | null>((least, pollable) => {
    if (pollable.signal !== null) return least;
    const left = pollable.nanosecondsLeft();
    return least === null || left < least ? left : least;
  }, null);
}
