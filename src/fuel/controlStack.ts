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

/** Open blocks of a function, for the validator's notion of reachability: rule 3. One byte a frame. */
export class ControlStack {
  private frames = new Uint8Array(256);
  depth = 0;

  clear(): void {
    this.depth = 0;
  }

  push(kind: FrameKind, reachable: boolean): void {
    if (this.depth === this.frames.length) {
      const grown = new Uint8Array(this.depth * 2);
      grown.set(this.frames);
      this.frames = grown;
    }
    this.frames[this.depth++] = kind | (reachable ? headReachable : 0);
  }

  get topKind(): number {
    return this.frames[this.depth - 1]! & kindMask;
  }

  /** Notes a reachable branch; one to a loop goes to its head and leaves its end as it is. */
  branchTo(label: number): void {
    const at = this.depth - 1 - label;
    if ((this.frames[at]! & kindMask) !== frameKind.loop) this.frames[at]! |= branched;
  }

  /** Whether some other path meets the fall-through at the top block's end. */
  get topJoins(): boolean {
    const frame = this.frames[this.depth - 1]!;
    const kind = frame & kindMask;
    return (frame & branched) !== 0 || kind === frameKind.if || (frame & thenReachable) !== 0;
  }

  /** Turns an `if` into its `else`; returns whether that is reachable. */
  takeElse(reachable: boolean): boolean {
    const at = this.depth - 1;
    const frame = this.frames[at]!;
    this.frames[at] = (frame & ~kindMask) | frameKind.else | (reachable ? thenReachable : 0);
    return (frame & headReachable) !== 0;
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
