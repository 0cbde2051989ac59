import { futimesSync, lutimesSync, utimesSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { guarded } from './error.ts';
import type { NewTime } from './types.ts';

interface SetTime {
  /** What the host made of it. */
  readonly stored: bigint;
  readonly asked: bigint;
}

/**
 * Times to the nanosecond over Node's calls, which keep microseconds and can't leave one time as it is. What a guest
 * set is remembered, and given back for as long as the host still has what it made of it; the host keeps the coarser
 * one after the run.
 */
export class Times {
  readonly #accessed = new Map<string, SetTime>();
  readonly #modified = new Map<string, SetTime>();

  of(stats: BigIntStats): { accessed: bigint; modified: bigint } {
    const key = keyOf(stats);
    return {
      accessed: exact(this.#accessed.get(key), stats.atimeNs),
      modified: exact(this.#modified.get(key), stats.mtimeNs),
    };
  }

  /**
   * @param stat reads the object's state anew
   * @param apply sets both times, in seconds since the epoch
   */
  set(
    accessed: NewTime,
    modified: NewTime,
    stat: () => BigIntStats,
    apply: (accessed: Date | number, modified: Date | number) => void,
  ): void {
    if (accessed === 'keep' && modified === 'keep') return;
    const before = this.of(stat());
    const now = BigInt(Date.now()) * 1_000_000n;
    const chosen = (time: NewTime, kept: bigint) => (time === 'keep' ? kept : time === 'now' ? now : time);
    const asked = {
      accessed: chosen(accessed, before.accessed),
      modified: chosen(modified, before.modified),
    };
    guarded(() => apply(seconds(asked.accessed), seconds(asked.modified)));
    const after = stat();
    const key = keyOf(after);
    this.#accessed.set(key, { stored: after.atimeNs, asked: asked.accessed });
    this.#modified.set(key, { stored: after.mtimeNs, asked: asked.modified });
  }
}

/** How times are set on what was opened, or is named; in seconds since the epoch. */
export const applyTo = {
  descriptor: (fd: number) => (a: Date | number, m: Date | number) => futimesSync(fd, a, m),
  directory: (path: string) => (a: Date | number, m: Date | number) => utimesSync(path, a, m),
  /** Of a symlink itself where there is one. */
  name: (path: string) => (a: Date | number, m: Date | number) => lutimesSync(path, a, m),
};

/** Before the epoch Node takes Dates only: a negative number means the present to it. */
function seconds(ns: bigint): Date | number {
  return ns < 0n ? new Date(Number(ns / 1_000_000n)) : Number(ns) / 1e9;
}

function exact(set: SetTime | undefined, reported: bigint): bigint {
  return set?.stored === reported ? set.asked : reported;
}

function keyOf(stats: BigIntStats): string {
  return `${stats.dev}:${stats.ino}`;
}
