/** Kinds of blocks; a function's body is one. */
export const frameKind = { block: 0, loop: 1, if: 2, else: 3 } as const;

export type FrameKind = (typeof frameKind)[keyof typeof frameKind];

const kindMask = 3;
/** Some reachable branch targets its end. */
const branched = 4;
/** The operator that opened it is reachable. */
const headReachable = 8;
/** An `else` was reached from the end of the first branch. */
const thenReachable = 16;
/** Some branch to its end, its head, or the end of its first branch comes with a stale counter. */
const branchStale = 32;
const headStale = 64;
const thenStale = 128;

/**
 * Open blocks of a function, one byte a frame: for the validator's notion of reachability, and for whether the
 * counter's global is stale where paths join.
 */
export class ControlStack {
  private frames = new Uint8Array(256);
  depth = 0;

  clear(): void {
    this.depth = 0;
  }

  push(kind: FrameKind, reachable: boolean, stale: boolean): void {
    if (this.depth === this.frames.length) {
      const grown = new Uint8Array(this.depth * 2);
      grown.set(this.frames);
      this.frames = grown;
    }
    this.frames[this.depth++] = kind | (reachable ? headReachable : 0) | (stale ? headStale : 0);
  }

  get topKind(): number {
    return this.frames[this.depth - 1]! & kindMask;
  }

  /** Whether the label is a loop's that begins each round with a counter that is not stale. */
  isFreshLoop(label: number): boolean {
    return (this.frames[this.depth - 1 - label]! & (kindMask | headStale)) === frameKind.loop;
  }

  /** Notes a reachable branch; one to a loop goes to its head and leaves its end as it is. */
  branchTo(label: number, stale: boolean): void {
    const at = this.depth - 1 - label;
    const frame = this.frames[at]!;
    if ((frame & kindMask) === frameKind.loop) return;
    this.frames[at] = frame | branched | (stale ? branchStale : 0);
  }

  /** Whether some other path meets the fall-through at the top block's end. */
  get topJoins(): boolean {
    const frame = this.frames[this.depth - 1]!;
    const kind = frame & kindMask;
    return (frame & branched) !== 0 || kind === frameKind.if || (frame & thenReachable) !== 0;
  }

  /** Turns an `if` into its `else`; returns whether that is reachable. */
  takeElse(reachable: boolean, stale: boolean): boolean {
    const at = this.depth - 1;
    const frame = this.frames[at]!;
    const then = reachable ? thenReachable | (stale ? thenStale : 0) : 0;
    this.frames[at] = (frame & ~kindMask) | frameKind.else | then;
    return (frame & headReachable) !== 0;
  }

  /** Whether the counter was stale where the top block began. */
  get topHeadStale(): boolean {
    return (this.frames[this.depth - 1]! & headStale) !== 0;
  }

  /** Whether the counter is stale after the top block on some path but the fall-through. */
  get topJoinStale(): boolean {
    const frame = this.frames[this.depth - 1]!;
    if ((frame & branchStale) !== 0) return true;
    const kind = frame & kindMask;
    if (kind === frameKind.if) return (frame & headStale) !== 0;
    return kind === frameKind.else && (frame & thenStale) !== 0;
  }

  /** Closes the top block; returns whether the code after it is reachable. */
  pop(reachable: boolean): boolean {
    const frame = this.frames[--this.depth]!;
    if (reachable || (frame & branched) !== 0) return true;
    const kind = frame & kindMask;
    if (kind === frameKind.if) return (frame & headReachable) !== 0;
    return kind === frameKind.else && (frame & thenReachable) !== 0;
  }
}
