import type { Frame } from '../../shared/workbenchError.ts';
import { demangle } from './demangle.ts';

/** A place in a module as V8 runs it. */
export interface CodePlace {
  /** V8's name for the module's code: the module's own name where it has one, then a hash of its bytes. */
  readonly script: string;
  /** In the module's function index space. */
  readonly functionIndex: number;
  /** Bytes from the start of the module. */
  readonly offset: number;
}

/** The same place in the module as the user built it; null for each that has no counterpart. */
export interface OriginalPlace {
  readonly module: string | null;
  readonly offset: number | null;
}

/**
 * The guest's frames of an error, innermost first, read from V8's stack:
 * `at name.function (wasm://wasm/name-1a2b3c4d:wasm-function[48]:0x161c)`, where either name may be missing.
 * `originalPlace` answers null for functions that metering added: they are none of the program's.
 */
export function readBacktrace(
  thrown: unknown,
  originalPlace: (place: CodePlace) => OriginalPlace | null,
): Frame[] {
  if (!(thrown instanceof Error)) return [];
  const frames: Frame[] = [];
  for (const line of (thrown.stack ?? '').split('\n')) {
    const found = /^ {4}at (?:(.*) \()?wasm:\/\/wasm\/(.*):wasm-function\[(\d+)\]:0x([0-9a-f]+)\)?$/.exec(
      line,
    );
    if (found === null) continue;
    const [, name, script = '', index = '', offset = ''] = found;
    const place = { script, functionIndex: Number(index), offset: parseInt(offset, 16) };
    const original = originalPlace(place);
    if (original === null) continue;
    frames.push({
      function: name === undefined ? `wasm-function[${index}]` : demangle(withoutModule(name, script)),
      file: null,
      line: null,
      column: null,
      ...original,
    });
  }
  return frames;
}

/** The module's own name in V8's name for its code; null where it has none. */
export function moduleName(script: string): string | null {
  return /^(.+)-[0-9a-f]{8}$/.exec(script)?.[1] ?? null;
}

function withoutModule(name: string, script: string): string {
  const prefix = moduleName(script);
  return prefix !== null && name.startsWith(`${prefix}.`) ? name.slice(prefix.length + 1) : name;
}

/** Functions of Rust's library and of the C library under it, which stand between a panic and its cause. */
const library = /^<?(?:core|std|alloc|__rustc|panic_abort)::|^_*rust_|^abort$/;

/** The frames from the first one that isn't Rust's library; all of them where every one is. */
export function fromFirstUserFrame(frames: readonly Frame[]): readonly Frame[] {
  const first = frames.findIndex((frame) => !library.test(frame.function));
  return first < 0 ? frames : frames.slice(first);
}

/** Whether one function recurs often enough for the stack to have been used up by recursion. */
export function isRecursion(frames: readonly Frame[]): boolean {
  const counts = new Map<string, number>();
  for (const { function: name } of frames) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Math.max(0, ...counts.values()) >= 10;
}
