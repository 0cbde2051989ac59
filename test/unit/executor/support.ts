import wabt from 'wabt';
import { defaultLimits, type Limits } from '../../../src/shared/limits.ts';
import type { RunOptions, RunRequest } from '../../../src/shared/runRequest.ts';
import { encodeUtf8 } from '../../../src/shared/text.ts';

const toolkit = await wabt();

/** A core module from WebAssembly text, with the names of its functions. */
export function wat(text: string): Uint8Array {
  return toolkit
    .parseWat('test.wat', text, { threads: true, bulk_memory: true, reference_types: true })
    .toBinary({ write_debug_names: true }).buffer;
}

/** A preview 1 program with a memory of one page, `$write` (fd, from, length) and `$exit`, and a body of its own. */
export function preview1Program(body: string, data = '', more = ''): Uint8Array {
  return wat(`(module $program
    (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
    (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
    (memory (export "memory") 1)
    (data (i32.const 1024) "${data}")
    (func $write (param $fd i32) (param $from i32) (param $length i32) (result i32)
      (i32.store (i32.const 0) (local.get $from))
      (i32.store (i32.const 4) (local.get $length))
      (call $fd_write (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 8)))
    ${more}
    (func $start (export "_start") ${body}))`);
}

/** Prints the program's data, `length` bytes of it. */
export function print(fd: 1 | 2, length: number): string {
  return `(drop (call $write (i32.const ${fd}) (i32.const 1024) (i32.const ${length})))`;
}

export const endlessLoop = '(loop $again (br $again))';

interface Overrides {
  readonly input?: string;
  readonly limits?: Partial<Limits>;
  readonly options?: Partial<RunOptions>;
}

/** A request with the defaults for everything that a test doesn't name. */
export function requestFor(wasm: Uint8Array, { input = '', limits, options }: Overrides = {}): RunRequest {
  return {
    wasm,
    name: 'program',
    input: encodeUtf8(input),
    limits: { ...defaultLimits, ...limits },
    env: [],
    options: {
      target: null,
      argv: [],
      preopens: [],
      seed: null,
      fuelModel: 'wasmtime-28',
      profile: false,
      ...options,
    },
  };
}
