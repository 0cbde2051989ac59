import { ByteWriter } from '../wasm/byteWriter.ts';
import type { Plan } from './plan.ts';
import { scanCode } from './scanCode.ts';

const pageBytes = 65536;
/** What the scan may read and write beyond the bytes that count. */
const slack = 64;
/** A memory of more pages is not kept for the next module. */
const mostKeptPages = 2048;

/** What {@link Arena.words} holds of the function that is being rewritten; src/fuel/scan.wat has it as addresses. */
export const cell = {
  /** Where the next byte of the result goes. */
  to: 0,
  /** Where the last operator stands that was passed over. */
  previous: 1,
  /** The state of {@link CounterCode}. */
  pending: 2,
  isStale: 3,
  isKept: 4,
  /** Whether the next operator can be reached. */
  isReachable: 5,
  /** How many blocks are open. */
  depth: 6,
  /** Indices of the count's locals, and of its global. */
  count: 7,
  written: 8,
  counterGlobal: 9,
  /** Where the open blocks stand, a byte each. */
  frames: 10,
  /** How many functions there are, and where it stands which of them take the count, a byte each. */
  functions: 11,
  takesCount: 12,
  /** Offsets up to this one are within the first memory's largest size, whatever the access. */
  safeOffset: 13,
  /** Whether the scan treats frequent operators by itself. */
  isFast: 14,
  /** Globals below stay where they are. */
  steadyGlobals: 15,
  /** Where the module begins. */
  input: 16,
  /** Whether the function takes the count. */
  isPassed: 17,
} as const;

/** Where the scan's tables stand. */
export const tableAt = {
  whenFresh: 0x400,
  whenStale: 0x800,
  seconds: 0xc00,
  shapes: 0x1800,
  numbers: 0x1c00,
  costs: 0x1d00,
  end: 0x1e00,
} as const;

/** `scan` of src/fuel/scan.wat. */
export type Scan = (position: number, end: number, limit: number) => number;

/**
 * The memory that a module is metered in: state, the scan's tables, the module, and the result, which grows to the
 * memory's end. The scan is the one part of the pass in WebAssembly: there it is fast from its first round, and in
 * JavaScript, V8's checks of every byte that is read or written take most of the time.
 */
export class Arena {
  private readonly memory = new WebAssembly.Memory({ initial: 16 });
  readonly scan: Scan;
  /** All of the memory, until it grows. */
  words = new Int32Array(this.memory.buffer);
  halves = new Uint16Array(this.memory.buffer);
  bytes = new Uint8Array(this.memory.buffer);
  /** Where the module begins. */
  inputAt = 0;
  /** Where the result begins. */
  outputAt = 0;

  constructor() {
    const code = new WebAssembly.Module(Buffer.from(scanCode, 'base64'));
    const { exports } = new WebAssembly.Instance(code, { scan: { memory: this.memory } });
    this.scan = exports['scan'] as Scan;
  }

  /** Takes a plan's module in; returns the writer of the result. */
  begin({ layout, takesCount, counterGlobal }: Plan): ByteWriter {
    const { bytes } = layout;
    const framesAt = tableAt.end;
    // A block takes two bytes at least.
    const takesCountAt = framesAt + (bytes.length >> 1) + slack;
    this.inputAt = takesCountAt + takesCount.length + slack;
    this.outputAt = this.inputAt + bytes.length + slack;
    // Counting usually adds half as much again; what is not touched takes no memory.
    this.grow(this.outputAt + bytes.length * 2 + pageBytes);
    this.bytes.set(takesCount, takesCountAt);
    this.bytes.set(bytes, this.inputAt);
    this.words[cell.input] = this.inputAt;
    this.words[cell.counterGlobal] = counterGlobal;
    this.words[cell.frames] = framesAt;
    this.words[cell.functions] = takesCount.length;
    this.words[cell.takesCount] = takesCountAt;
    return new ByteWriter(0, (needed) => {
      this.grow(this.outputAt + needed + slack);
      return new Uint8Array(this.memory.buffer, this.outputAt);
    });
  }

  private grow(needed: number): void {
    const { byteLength } = this.memory.buffer;
    if (needed <= byteLength) return;
    this.memory.grow(Math.ceil(Math.max(needed - byteLength, byteLength / 2) / pageBytes));
    this.words = new Int32Array(this.memory.buffer);
    this.halves = new Uint16Array(this.memory.buffer);
    this.bytes = new Uint8Array(this.memory.buffer);
  }

  get isLarge(): boolean {
    return this.memory.buffer.byteLength > mostKeptPages * pageBytes;
  }
}

let kept: Arena | null = null;

/** Calls `use` with an arena that nobody else uses meanwhile. */
export function withArena<T>(use: (arena: Arena) => T): T {
  const arena = kept ?? new Arena();
  kept = null;
  try {
    return use(arena);
  } finally {
    if (!arena.isLarge) kept = arena;
  }
}
