import type { RuleCode } from '../../../../src/shared/ruleCode.ts';
import { encodeUtf8 } from '../../../../src/shared/text.ts';

/** Text that is assembled, or bytes as they are; and where the file lies, which may say what it is meant to be. */
export interface WasmCase {
  readonly wasm: string | Uint8Array;
  readonly path?: string;
  /** Of the message; of found cases only. */
  readonly says?: RegExp;
  /** Titles of the fixes. */
  readonly fixes?: readonly string[];
}

export interface WasmCases {
  readonly found: Readonly<Record<string, WasmCase>>;
  readonly nearMisses: Readonly<Record<string, WasmCase>>;
}

const p1 = 'target/wasm32-wasip1/release/app.wasm';
const p2 = 'target/wasm32-wasip2/release/app.wasm';

const write = '(import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))';
const command = `(module ${write} (memory (export "memory") 1) (func (export "_start")))`;
const library = `(module ${write} (memory (export "memory") 1) (func (export "_initialize")) (func (export "process")))`;
const bare = '(module (memory (export "memory") 1) (func (export "process") (param i32)))';

const rustMain = '(module (func (export "main") (param i32 i32) (result i32) i32.const 0))';

/** A component that exports an instance by the name, with a function run where it is `run`. */
const exporting = (name: string) => `(component (instance $i) (export "${name}" (instance $i)))`;
const importing = (name: string) => `(component (import "${name}" (instance)))`;

export const wasmCases: Readonly<Partial<Record<RuleCode, WasmCases>>> = {
  'wasi/not-a-component': {
    found: {
      'a preview 1 program among wasip2 artefacts': {
        wasm: command,
        path: p2,
        says: /Not a valid WASI Preview 2 component\. .*core WebAssembly module.*wasm32-wasip1/,
        fixes: ['Adapt this module into a component', 'Build and run for wasm32-wasip2'],
      },
      'a bare module, which cannot be adapted': {
        wasm: bare,
        path: p2,
        fixes: ['Build and run for wasm32-wasip2'],
      },
    },
    nearMisses: {
      'where a module is meant': { wasm: command, path: p1 },
      'where nothing says': { wasm: command },
    },
  },
  'wasi/not-a-module': {
    found: {
      'a component among wasip1 artefacts': {
        wasm: exporting('wasi:cli/run@0.2.0'),
        path: p1,
        says: /Not a valid WASI Preview 1 module/,
      },
    },
    nearMisses: { 'where a component is meant': { wasm: exporting('wasi:cli/run@0.2.0'), path: p2 } },
  },
  'wasi/unknown-format': {
    found: {
      'an empty file': {
        wasm: new Uint8Array(),
        says: /Failed to load WASM binary.*an empty file.*copy it again/,
      },
      'an ELF file': { wasm: Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1), says: /an ELF file/ },
      'WebAssembly text': { wasm: encodeUtf8('(module)'), says: /\(WAT\).*wasm-tools parse/ },
      'an HTML page': {
        wasm: encodeUtf8('<!DOCTYPE html><p>404'),
        says: /an HTML page.*Download the file itself/,
      },
      'a file cut off': {
        wasm: Uint8Array.of(0, 0x61, 0x73, 0x6d, 1),
        says: /cut off after 5 bytes.*Build it again, or copy it again/,
      },
      'a section cut off': {
        wasm: Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 99, 0),
        says: /damaged or cut off.*copy it again/,
      },
      'another version': { wasm: Uint8Array.of(0, 0x61, 0x73, 0x6d, 2, 0, 0, 0), says: /version 2/ },
      'an old component': {
        wasm: Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0a, 0, 1, 0),
        says: /a component of version 10/,
      },
    },
    nearMisses: { 'a module': { wasm: '(module)' }, 'a component': { wasm: '(component)' } },
  },
  'wasi/missing-start': {
    found: {
      'a reactor': { wasm: library, says: /no _start.*reactor.*\[\[bin\]\] with fn main\(\)/ },
      'a library without WASI among wasip1 artefacts': { wasm: bare, path: p1 },
      'a _start that takes something': {
        wasm: `(module ${write} (func (export "_start") (param i32)))`,
        says: /takes or returns/,
      },
    },
    nearMisses: {
      'a program': { wasm: command },
      'a library without WASI': { wasm: bare },
      'a component': { wasm: exporting('a:b/c') },
    },
  },
  'wasi/missing-run': {
    found: {
      'a library': { wasm: exporting('a:b/c'), says: /does not export wasi:cli\/run.*exports a:b\/c/ },
    },
    nearMisses: {
      'a program': { wasm: exporting('wasi:cli/run@0.2.3') },
      'a program of a newer WASI': { wasm: exporting('wasi:cli/run@0.3.0') },
    },
  },
  'wasi/unresolved-import': {
    found: {
      'a function of C': {
        wasm: `(module ${write} (import "env" "from_c" (func)) (func (export "_start")))`,
        says: /env::from_c.*link the library that has it/,
      },
      'an interface of components in a preview 1 module': {
        wasm: `(module ${write} (import "wasi:http/outgoing-handler@0.2.0" "handle" (func)) (func (export "_start")))`,
        says: /wasi:http\/outgoing-handler@0\.2\.0::handle.*build the program for wasm32-wasip2/,
        fixes: ['Build and run for wasm32-wasip2'],
      },
      'one of the worker in a bare module': {
        wasm: '(module (import "near:rpc/api@0.1.0" "status" (func)) (func (export "main")))',
        says: /A bare module can import nothing.*near:rpc.*build the program for wasm32-wasip2/,
        fixes: ['Build and run for wasm32-wasip2'],
      },
      'a function that preview 1 lacks': {
        wasm: '(module (import "wasi_snapshot_preview1" "fd_wryte" (func)) (func (export "_start")))',
        says: /WASI Preview 1 doesn't have: wasi_snapshot_preview1::fd_wryte/,
      },
      'one that is laid out otherwise in the older snapshot': {
        wasm: '(module (import "wasi_unstable" "poll_oneoff" (func)) (func (export "_start")))',
        says: /wasi_unstable::poll_oneoff.*older WASI/,
      },
      'a function of preview 1 as another': {
        wasm: '(module (import "wasi_snapshot_preview1" "fd_write" (func (param i64))) (func (export "_start")))',
        says: /imports wasi_snapshot_preview1::fd_write as \(i64\) -> \(\), which it isn't/,
      },
      'an interface of nobody': {
        wasm: '(component (import "a:b/c@1.0.0" (instance (export "f" (func)))))',
        says: /imports what nobody provides: a:b\/c@1\.0\.0\. .*compose it/,
      },
    },
    nearMisses: {
      'WASI alone': { wasm: command },
      'the older snapshot': {
        wasm: '(module (import "wasi_unstable" "fd_close" (func (param i32) (result i32))) (func (export "_start")))',
      },
      'threads, which are another mistake': {
        wasm: `(module ${write} (import "env" "memory" (memory 1 1 shared)) (func (export "_start")))`,
      },
      'WASI 0.2 in a component': {
        wasm: '(component (import "wasi:http/types@0.2.3" (instance (export "f" (func)))))',
      },
      'a newer WASI, which is another mistake': {
        wasm: '(component (import "wasi:cli/stdout@0.3.0" (instance (export "f" (func)))))',
      },
      'the worker’s, which is another mistake': {
        wasm: '(component (import "near:rpc/api@0.1.0" (instance (export "f" (func)))))',
      },
      'an interface of nobody for its types': { wasm: importing('a:b/c@1.0.0') },
      'wasm-bindgen, which is another mistake': {
        wasm: '(module (import "__wbindgen_placeholder__" "f" (func)))',
      },
    },
  },
  'wasi/wasm-bindgen': {
    found: {
      'its placeholder': {
        wasm: '(module (import "__wbindgen_placeholder__" "__wbindgen_throw" (func)))',
        says: /cargo tree -i wasm-bindgen/,
      },
    },
    nearMisses: { 'an export of that name': { wasm: '(module (func (export "__wbindgen_malloc")))' } },
  },
  'wasi/worker-interface': {
    found: {
      'the chain': {
        wasm: importing('near:rpc/api@0.1.0'),
        says: /near:rpc\/api@0\.1\.0, which the OutLayer worker provides/,
      },
      'a name that the worker lacks': { wasm: importing('near:rcp/api@0.1.0'), says: /doesn't have either/ },
    },
    nearMisses: { 'plain WASI': { wasm: importing('wasi:cli/environment@0.2.0') } },
  },
  'wasi/newer-wasi': {
    found: {
      'an import': {
        wasm: importing('wasi:cli/environment@0.3.0-rc-2025-09-16'),
        says: /wasi:cli\/environment@0\.3/,
      },
      'an export': { wasm: exporting('wasi:cli/run@0.3.0') },
    },
    nearMisses: {
      '0.2': { wasm: importing('wasi:cli/environment@0.2.9') },
      'another package': { wasm: importing('near:rpc/api@0.3.0') },
    },
  },
  'wasi/bare-module': {
    found: {
      'a library': { wasm: bare, says: /process: \(i32\) -> \(\).*fn main\(\) for wasm32-wasip2/ },
      'what rustc makes of fn main()': {
        wasm: rustMain,
        says: /no stdin, stdout or stderr/,
        fixes: ['Build and run for wasm32-wasip2'],
      },
    },
    nearMisses: {
      'data in, data out': {
        wasm: '(module (memory (export "memory") 1) (func (export "alloc") (param i32) (result i32) i32.const 0) (func (export "run") (param i32 i32) (result i64) i64.const 0))',
      },
      'a main of its own': { wasm: '(module (func (export "main")))' },
      'a main among wasip1 artefacts': { wasm: rustMain, path: p1 },
      'a library with WASI': { wasm: library },
      'among wasip1 artefacts': { wasm: bare, path: p1 },
    },
  },
  'wasi/threads': {
    found: {
      'a shared memory': {
        wasm: '(module (memory (export "memory") 1 2 shared) (func (export "_start")))',
        says: /uses threads/,
      },
      'starting them': {
        wasm: `(module ${write} (import "wasi" "thread-spawn" (func (param i32) (result i32))) (func (export "_start")))`,
      },
    },
    nearMisses: { 'a memory of its own': { wasm: command } },
  },
};
