import { cell } from './arena.ts';

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

/** Where a {@link ControlStack} is: an arena, or as much memory of its own. */
export interface FrameMemory {
  readonly words: Int32Array;
  readonly bytes: Uint8Array;
}

/** Memory for the blocks of any function of a module, of which each takes two bytes at least. */
export function frameMemory(moduleBytes: number): FrameMemory {
  return { words: new Int32Array(Object.keys(cell).length), bytes: new Uint8Array((moduleBytes >> 1) + 1) };
}

/**
 * Open blocks of a function, one byte a frame: for the validator's notion of reachability, and for whether the
 * counter's global is stale where paths join.
 */
export class ControlStack {
  private readonly memory: FrameMemory;

  constructor(memory: FrameMemory) {
    this.memory = memory;
  }

  get depth(): number {
    return this.memory.words[cell.depth]!;
  }

  clear(): void {
    this.memory.words[cell.depth] = 0;
  }

  push(kind: FrameKind, reachable: boolean, stale: boolean): void {
    const { depth } = this;
    this.memory.words[cell.depth] = depth + 1;
    this.set(depth, kind | (reachable ? headReachable : 0) | (stale ? headStale : 0));
  }

  get topKind(): number {
    return this.get(this.depth - 1) & kindMask;
  }

  /** Whether the label is a loop's that begins each round with a counter that is not stale. */
  isFreshLoop(label: number): boolean {
    return (this.get(this.depth - 1 - label) & (kindMask | headStale)) === frameKind.loop;
  }

  /** Notes a reachable branch; one to a loop goes to its head and leaves its end as it is. */
  branchTo(label: number, stale: boolean): void {
    const at = this.depth - 1 - label;
    const frame = this.get(at);
    if ((frame & kindMask) === frameKind.loop) return;
    this.set(at, frame | branched | (stale ? branchStale : 0));
  }

  /** Whether some other path meets the fall-through at the top block's end. */
  get topJoins(): boolean {
    const frame = this.get(this.depth - 1);
    const kind = frame & kindMask;
    return (frame & branched) !== 0 || kind === frameKind.if || (frame & thenReachable) !== 0;
  }

  /** Turns an `if` into its `else`; returns whether that is reachable. */
  takeElse(reachable: boolean, stale: boolean): boolean {
    const at = this.depth - 1;
    const frame = this.get(at);
    const then = reachable ? thenReachable | (stale ? thenStale : 0) : 0;
    this.set(at, (frame & ~kindMask) | frameKind.else | then);
    return (frame & headReachable) !== 0;
  }

  /** Whether the counter was stale where the top block began. */
  get topHeadStale(): boolean {
    return (this.get(this.depth - 1) & headStale) !== 0;
  }

  /** Whether the counter is stale after the top block on some path but the fall-through. */
  get topJoinStale(): boolean {
    const frame = this.get(this.depth - 1);
    if ((frame & branchStale) !== 0) return true;
    const kind = frame & kindMask;
    if (kind === frameKind.if) return (frame & headStale) !== 0;
    return kind === frameKind.else && (frame & thenStale) !== 0;
  }

  /** Closes the top block; returns whether the code after it is reachable. */
  pop(reachable: boolean): boolean {
    const depth = this.depth - 1;
    this.memory.words[cell.depth] = depth;
    const frame = this.get(depth);
    if (reachable || (frame & branched) !== 0) return true;
    const kind = frame & kindMask;
    if (kind === frameKind.if) return (frame & headReachable) !== 0;
    return kind === frameKind.else && (frame & thenReachable) !== 0;
  }

  private get(at: number): number {
    return this.memory.bytes[this.memory.words[cell.frames]! + at]!;
  }

  private set(at: number, frame: number): void {
    this.memory.bytes[this.memory.words[cell.frames]! + at] = frame;
  }
}
