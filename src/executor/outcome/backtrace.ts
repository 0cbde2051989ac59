import { demangle } from '../../rust/demangle.ts';
import type { Frame } from '../../shared/workbenchError.ts';
import { originOf } from '../../profile/origin.ts';
import type { SourceFrame } from '../../wasm/dwarf/debugInfo.ts';

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
  /** What the module's line tables tell of it, innermost first: what is inlined there, then the function. */
  readonly source: readonly SourceFrame[];
}

/**
 * The guest's frames, innermost first, of an error's stack in V8's words:
 * `at name.function (wasm://wasm/name-1a2b3c4d:wasm-function[48]:0x161c)`, where either name may be missing.
 * What is inlined at one of them is a frame of its own where line tables tell of it.
 * `originalPlace` answers null for functions that metering added: they are none of the program's.
 */
export function readBacktrace(
  stack: string | null,
  originalPlace: (place: CodePlace) => OriginalPlace | null,
): Frame[] {
  const frames: Frame[] = [];
  for (const line of (stack ?? '').split('\n')) {
    const found = /^ {4}at (?:(.*) \()?wasm:\/\/wasm\/(.*):wasm-function\[(\d+)\]:0x([0-9a-f]+)\)?$/.exec(
      line,
    );
    if (found === null) continue;
    const [, name, script = '', index = '', offset = ''] = found;
    const place = { script, functionIndex: Number(index), offset: parseInt(offset, 16) };
    const original = originalPlace(place);
    if (original === null) continue;
    const called = name === undefined ? `wasm-function[${index}]` : demangle(withoutModule(name, script));
    frames.push(...sourceFrames(called, original));
  }
  return frames;
}

/**
 * The frames of one of V8's: the function's own name is V8's, which has the path of its module. Where code belongs to no
 * line, LLVM leaves the file and the column of what stands before it: they say nothing of a function's own code.
 */
function sourceFrames(name: string, { module, offset, source }: OriginalPlace): Frame[] {
  const outermost = source.length - 1;
  if (outermost < 0 || (outermost === 0 && source[0]!.place?.line === 0))
    return [{ function: name, file: null, line: null, column: null, module, offset }];
  return source.map(({ function: inlined, place }, n) => ({
    function: n === outermost || inlined === null ? name : demangle(inlined),
    file: place?.file ?? null,
    line: place === null || place.line === 0 ? null : place.line,
    column: place === null || place.line === 0 || place.column === 0 ? null : place.column,
    module,
    offset,
  }));
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
  const first = frames.findIndex(
    ({ function: name, file }) => !library.test(name) && originOf(file).origin !== 'std',
  );
  return first < 0 ? frames : frames.slice(first);
}

/** Whether one function recurs often enough for the stack to have been used up by recursion. */
export function isRecursion(frames: readonly Frame[]): boolean {
  const counts = new Map<string, number>();
  for (const { function: name } of frames) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Math.max(0, ...counts.values()) >= 10;
}
