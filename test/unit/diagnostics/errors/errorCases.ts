import { noSockets } from '../../../../src/executor/outcome/notGiven.ts';
import type { RuleCode } from '../../../../src/shared/ruleCode.ts';
import { type ErrorValue, errorValue } from '../../../../src/shared/workbenchError.ts';

/** What each row of the catalogue shows when it is built or run, and the mistake that it is. */
export const errors: readonly (readonly [code: RuleCode, error: ErrorValue, stderr?: string])[] = [
  [
    'wasi/target-not-installed',
    errorValue('target-not-installed', "Rust's target wasm32-wasip2 is not installed."),
  ],
  [
    'wasi/old-target-name',
    errorValue('build-failed', 'error', { cause: 'error: target `wasm32-wasi` not found' }),
  ],
  ['wasi/no-program', errorValue('build-failed', 'a bin target must be available for `cargo run`')],
  ['wasi/no-program', errorValue('no-binary', 'This crate has nothing to run')],
  [
    'wasi/several-programs',
    errorValue('several-binaries', 'This crate has several programs, and none was chosen.'),
  ],
  [
    'wasi/missing-start',
    errorValue('build-failed', 'linking failed', {
      cause: 'wasm-ld: error: entry symbol not defined (pass --no-entry to suppress): _initialize',
    }),
  ],
  ['wasi/missing-start', errorValue('build-failed', '`main` function not found in crate `app`')],
  [
    'wasi/randomness',
    errorValue('build-failed', 'error', {
      cause: 'error: the wasm*-unknown-unknown targets are not supported by default',
    }),
  ],
  ['wasi/sockets-crate', errorValue('build-failed', 'could not compile `mio` (lib)')],
  ['wasi/c-code', errorValue('build-failed', 'failed to run custom build command for `ring v0.17.14`')],
  ['wasi/component-linker', errorValue('build-failed', 'linker `wasm-component-ld` not found')],
  ['wasi/unsafe-attribute', errorValue('build-failed', 'unsafe attribute used without unsafe')],
  [
    'wasi/newer-rustc',
    errorValue('build-failed', 'package `a v1` cannot be built because it requires rustc 1.99 or newer'),
  ],
  [
    'wasi/wasm-opt-features',
    errorValue('optimise-failed', 'wasm-opt refuses', {
      cause: 'Fatal: all used features should be allowed',
    }),
  ],
  [
    'wasi/no-runner',
    errorValue(
      'build-failed',
      'could not execute process `target/wasm32-wasip1/debug/a.wasm` (never executed)',
      { cause: 'Caused by: Exec format error (os error 8)' },
    ),
  ],
  ['wasi/build-failed', errorValue('build-failed', 'mismatched types')],
  ['wasi/not-a-component', errorValue('not-a-component', 'Not a valid WASI Preview 2 component.')],
  ['wasi/not-a-module', errorValue('not-a-module', 'Not a valid WASI Preview 1 module.')],
  ['wasi/unknown-format', errorValue('unknown-format', 'Failed to load WASM binary')],
  ['wasi/missing-run', errorValue('missing-run', 'The component does not export wasi:cli/run')],
  ['wasi/bare-module', errorValue('missing-run', 'The module exports no function that can be run.')],
  [
    'wasi/unresolved-import',
    errorValue('missing-import', 'imports', { cause: 'env::from_c (func () -> ())' }),
  ],
  [
    'wasi/wasm-bindgen',
    errorValue('missing-import', 'imports', { cause: '__wbindgen_placeholder__::f (func)' }),
  ],
  ['wasi/worker-interface', errorValue('missing-import', 'imports', { cause: 'near:rpc/api@0.1.0' })],
  ['wasi/newer-wasi', errorValue('unsupported-wasi-version', 'needs 0.3')],
  ['wasi/threads', errorValue('unsupported-proposal', 'The program uses threads')],
  ['wasi/threads', errorValue('unsupported-proposal', 'uses the WebAssembly proposal "threads"')],
  ['wasi/unknown-format', errorValue('unsupported-proposal', 'uses the WebAssembly proposal "gc"')],
  ['wasi/panic', errorValue('panic', 'The program panicked at src/main.rs:2:5: no')],
  ['wasi/trap', errorValue('trap', 'The program trapped: integer divide by zero.')],
  ['wasi/out-of-fuel', errorValue('out-of-fuel', 'used up')],
  ['wasi/out-of-time', errorValue('out-of-time', 'did not end')],
  ['wasi/out-of-memory', errorValue('out-of-memory', 'ran out')],
  ['wasi/stack-overflow', errorValue('stack-overflow', 'ran out of stack')],
  ['wasi/exit-status', errorValue('exit', 'The program exited with code 1.')],
  ['wasi/env-missing', errorValue('panic', 'called `Result::unwrap()` on an `Err` value: NotPresent')],
  ['wasi/env-missing', errorValue('exit', 'The program exited with code 1.'), 'Error: NotPresent\n'],
  [
    'wasi/no-preopen',
    errorValue('exit', 'The program exited with code 1.'),
    'Error: Custom { kind: Uncategorized, error: "failed to find a pre-opened file descriptor through which \\"/tmp\\" could be opened" }\n',
  ],
  [
    'wasi/no-preopen',
    errorValue(
      'panic',
      'called `Result::unwrap()` on an `Err` value: Os { code: 44, kind: NotFound, message: "No such file or directory" }',
    ),
  ],
  [
    'wasi/network-denied',
    errorValue(
      'panic',
      'ErrorCode::InternalError(Some("destination blocked: internal/private/link-local address"))',
    ),
  ],
  [
    'wasi/network-denied',
    errorValue('exit', 'The program exited with code 1.', { hint: noSockets }),
    'Error: Os { code: 2, kind: PermissionDenied, message: "Permission denied" }\n',
  ],
  ['wasi/platform-unsupported', errorValue('panic', 'time not implemented on this platform')],
  [
    'wasi/platform-unsupported',
    errorValue(
      'panic',
      'failed to spawn thread: Error { kind: Unsupported, message: "operation not supported on this platform" }',
    ),
  ],
];

const failed = (cause: string) => errorValue('build-failed', 'The build failed.', { cause });
const panicked = (message: string) =>
  errorValue('panic', `The program panicked at src/main.rs:2:5: ${message}`);

/** What is nearly each of them, and none. */
export const nearMisses: readonly (readonly [code: RuleCode, error: ErrorValue, stderr?: string])[] = [
  ['wasi/target-not-installed', failed("error[E0463]: can't find crate for `serde`")],
  ['wasi/old-target-name', failed('error: target `wasm32-wasip3` not found')],
  ['wasi/no-program', failed('error: no example target named `try`')],
  ['wasi/several-programs', failed('error: could not determine which package to run')],
  [
    'wasi/missing-start',
    failed('wasm-ld: error: entry symbol not defined (pass --no-entry to suppress): begin'),
  ],
  ['wasi/missing-start', failed('error[E0425]: cannot find function `main` in crate `app`')],
  ['wasi/randomness', failed('error: the target wasm32-unknown-unknown is not supported by this crate')],
  ['wasi/sockets-crate', failed('error: could not compile `miow` (lib) due to 1 previous error')],
  ['wasi/sockets-crate', failed('error[E0599]: no method named `poll` found for struct `mio::Events`')],
  ['wasi/c-code', failed('error: failed to run custom build command for `my-crate v0.1.0`')],
  ['wasi/c-code', failed("fatal error: 'mine.h' file not found")],
  ['wasi/component-linker', failed('error: linker `cc` not found')],
  ['wasi/unsafe-attribute', failed('error[E0133]: call to unsafe function `f` is unsafe')],
  ['wasi/newer-rustc', failed('error: rustc interrupted by SIGSEGV')],
  [
    'wasi/wasm-opt-features',
    errorValue('optimise-failed', 'wasm-opt failed', { cause: 'Fatal: parse error' }),
  ],
  [
    'wasi/no-runner',
    failed(
      'error: could not execute process `target/debug/app` (never executed): Exec format error (os error 8)',
    ),
  ],
  ['wasi/build-failed', errorValue('build-cancelled', 'The build was cancelled.')],
  ['wasi/not-a-component', errorValue('not-a-module', 'Not a valid WASI Preview 1 module.')],
  ['wasi/not-a-module', errorValue('not-a-component', 'Not a valid WASI Preview 2 component.')],
  ['wasi/unknown-format', errorValue('file-not-found', 'There is no file.')],
  ['wasi/missing-run', errorValue('missing-run', 'The module exports no function that can be run.')],
  ['wasi/bare-module', errorValue('missing-run', 'The component does not export wasi:cli/run.')],
  [
    'wasi/unresolved-import',
    errorValue('missing-import', 'imports', { cause: '__wbindgen_placeholder__::f' }),
  ],
  ['wasi/wasm-bindgen', errorValue('missing-import', 'imports', { cause: 'env::wbindgen (func)' })],
  ['wasi/worker-interface', errorValue('missing-import', 'imports', { cause: 'nearly:rpc/api@0.1.0' })],
  [
    'wasi/worker-interface',
    errorValue('missing-import', 'imports', { cause: 'near:rpc/api@0.1.0::status (func () -> ())' }),
  ],
  ['wasi/newer-wasi', errorValue('missing-import', 'imports', { cause: 'wasi:http/types@0.2.9' })],
  ['wasi/threads', errorValue('unsupported-proposal', 'uses the WebAssembly proposal "gc"')],
  ['wasi/threads', errorValue('invalid-wasm', 'The module is not valid.')],
  ['wasi/panic', errorValue('exit', 'The program exited with code 101.')],
  ['wasi/trap', panicked('no')],
  ['wasi/out-of-fuel', errorValue('out-of-time', 'did not end')],
  ['wasi/out-of-time', errorValue('stopped', 'The run was stopped.')],
  ['wasi/out-of-memory', errorValue('trap', 'The program trapped: out of bounds memory access.')],
  ['wasi/stack-overflow', errorValue('trap', 'The program trapped: out of bounds memory access.')],
  ['wasi/exit-status', panicked('no')],
  ['wasi/env-missing', panicked('called `Result::unwrap()` on an `Err` value: NotUnicode("a")')],
  [
    'wasi/no-preopen',
    panicked('called `Result::unwrap()` on an `Err` value: Os { code: 8, kind: Uncategorized }'),
  ],
  [
    'wasi/network-denied',
    panicked('called `Result::unwrap()` on an `Err` value: Os { code: 63, kind: PermissionDenied }'),
  ],
  ['wasi/platform-unsupported', panicked('this format is not supported on purpose')],
];
