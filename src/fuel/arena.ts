import { ByteWriter } from '../wasm/byteWriter.ts';
import { scanCode } from './scanCode.ts';

const pageBytes = 65536;
/** Where the module that is metered stands; tables and results of the scan come before it. */
const inputAt = 8192;
/** What the scan may read and write beyond the bytes that count. */
const slack = 16;
/** A memory of more pages is not kept for the next module. */
const mostKeptPages = 1024;

/** `scan` of src/fuel/scan.wat. */
export type Scan = (
  position: number,
  end: number,
  to: number,
  entries: number,
  seconds: number,
  safeOffset: number,
) => number;

/**
 * The memory that a module is metered in: the scan's tables, the module, and the result, which grows to its end.
 * The scan is the one part of the pass in WebAssembly: it is fast from its first round, and in JavaScript the checks
 * of each byte that is read or written took several times as long.
 */
export class Arena {
  private readonly memory = new WebAssembly.Memory({ initial: 16 });
  readonly scan: Scan;
  /** All of the memory, until it grows. */
  words = new Int32Array(this.memory.buffer);
  /** Where the result begins. */
  outputAt = 0;
  /** Where the module begins. */
  readonly inputAt = inputAt;

  constructor() {
    const code = new WebAssembly.Module(Buffer.from(scanCode, 'base64'));
    const { exports } = new WebAssembly.Instance(code, { scan: { memory: this.memory } });
    this.scan = exports['scan'] as Scan;
  }

  /** Takes a module in; returns the writer of the result. */
  begin(bytes: Uint8Array): ByteWriter {
    this.outputAt = inputAt + Math.ceil((bytes.length + slack) / slack) * slack;
    // Half as much again is what counting usually adds; what is not touched costs nothing.
    this.grow(this.outputAt + bytes.length * 2 + pageBytes);
    new Uint8Array(this.memory.buffer).set(bytes, inputAt);
    return new ByteWriter(0, (needed) => {
      this.grow(this.outputAt + needed + slack);
      return new Uint8Array(this.memory.buffer, this.outputAt);
    });
  }

  private grow(needed: number): void {
    const pages = Math.ceil((needed - this.memory.buffer.byteLength) / pageBytes);
    if (pages <= 0) return;
    this.memory.grow(Math.max(pages, this.memory.buffer.byteLength / pageBytes / 2));
    this.words = new Int32Array(this.memory.buffer);
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
