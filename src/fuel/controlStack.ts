import { cell } from './arena.ts';

/** Kinds of blocks; a function's body is one. */
export const frameKind = { block: 0, loop: 1, if: 2, else: 3 } as const;

export type FrameKind = (typeof frameKind)[keyof typeof frameKind];

const kindMask = 3;
/** The bit that `if` and `else` have in common. */
const hasTwoPaths = 2;
/** Some reachable branch targets its end. */
const branched = 4;
/** The operator that opened it is reachable; of an `else`, the end of the first branch is. */
const headReachable = 8;
/** Branches to it carry values. */
const carriesValues = 16;
/** Some branch to its end comes with a stale counter. */
const branchStale = 32;
/** The counter is stale where it begins; of an `else`, at the end of the first branch. */
const headStale = 64;

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

  push(kind: FrameKind, reachable: boolean, stale: boolean, carries: boolean): void {
    const { depth } = this;
    this.memory.words[cell.depth] = depth + 1;
    const flags = (reachable ? headReachable : 0) | (stale ? headStale : 0) | (carries ? carriesValues : 0);
    this.set(depth, kind | flags);
  }

  get topKind(): number {
    return this.get(this.depth - 1) & kindMask;
  }

  /** Whether the label is a loop's that begins each round with a counter that is not stale. */
  isFreshLoop(label: number): boolean {
    return (this.get(this.depth - 1 - label) & (kindMask | headStale)) === frameKind.loop;
  }

  /** Whether branches to the label carry values. */
  carries(label: number): boolean {
    return (this.get(this.depth - 1 - label) & carriesValues) !== 0;
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
    return (frame & branched) !== 0 || meetsOtherPath(frame);
  }

  /** Turns an `if` into its `else`; returns whether that is reachable. */
  takeElse(reachable: boolean, stale: boolean): boolean {
    const at = this.depth - 1;
    const frame = this.get(at);
    const then = reachable ? headReachable | (stale ? headStale : 0) : 0;
    this.set(at, (frame & (branched | carriesValues | branchStale)) | frameKind.else | then);
    return (frame & headReachable) !== 0;
  }

  /** Whether the counter was stale where the top block began. */
  get topHeadStale(): boolean {
    return (this.get(this.depth - 1) & headStale) !== 0;
  }

  /** Whether the counter is stale after the top block on some path but the fall-through. */
  get topJoinStale(): boolean {
    const frame = this.get(this.depth - 1);
    return (frame & branchStale) !== 0 || ((frame & hasTwoPaths) !== 0 && (frame & headStale) !== 0);
  }

  /** Closes the top block; returns whether the code after it is reachable. */
  pop(reachable: boolean): boolean {
    const depth = this.depth - 1;
    this.memory.words[cell.depth] = depth;
    const frame = this.get(depth);
    return reachable || (frame & branched) !== 0 || meetsOtherPath(frame);
  }

  private get(at: number): number {
    return this.memory.bytes[this.memory.words[cell.frames]! + at]!;
  }

  private set(at: number, frame: number): void {
    this.memory.bytes[this.memory.words[cell.frames]! + at] = frame;
  }
}

/** Whether an `if` that has no `else` can be passed by, or the end of an `else`'s first branch be reached. */
function meetsOtherPath(frame: number): boolean {
  return (frame & hasTwoPaths) !== 0 && (frame & headReachable) !== 0;
}
