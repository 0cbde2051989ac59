import assert from 'node:assert/strict';
import { join } from 'node:path';
import { findingOfError } from '../../../../src/diagnostics/errors/errorFinding.ts';
import { findingsOfRun } from '../../../../src/diagnostics/errors/runFindings.ts';
import type { Finding } from '../../../../src/diagnostics/finding.ts';
import type { RuleCode } from '../../../../src/shared/ruleCode.ts';
import type { RunResult } from '../../../../src/shared/runResult.ts';
import { encodeUtf8 } from '../../../../src/shared/text.ts';
import { type ErrorValue, errorValue, type Frame } from '../../../../src/shared/workbenchError.ts';
import { crateDir, manifest, MemoryFiles, readCrate } from '../support.ts';

const source = `fn main() {
    let key = std::env::var("KEY").unwrap();
    std::fs::write("/data/out", key).unwrap();
}
`;

const crate = await readCrate(
  new MemoryFiles({ 'Cargo.toml': manifest(), 'src/main.rs': source }),
  {},
);

const frame = (line: number, file = 'src/main.rs'): Frame => ({
  function: 'app::main',
  file,
  line,
  column: 5,
  module: null,
  offset: null,
});

/** What each row of the catalogue shows when it is built or run, and the mistake that it is. */
const errors: readonly (readonly [code: RuleCode, error: ErrorValue, stderr?: string])[] = [
  ['wasi/target-not-installed', errorValue('target-not-installed', "Rust's target wasm32-wasip2 is not installed.")],
  ['wasi/old-target-name', errorValue('build-failed', 'error', { cause: 'error: target `wasm32-wasi` not found' })],
  ['wasi/no-program', errorValue('build-failed', 'a bin target must be available for `cargo run`')],
  ['wasi/no-program', errorValue('no-binary', 'This crate has nothing to run')],
  ['wasi/several-programs', errorValue('several-binaries', 'This crate has several programs, and none was chosen.')],
  ['wasi/missing-start', errorValue('build-failed', 'linking failed', { cause: 'wasm-ld: error: entry symbol not defined (pass --no-entry to suppress): _initialize' })],
  ['wasi/missing-start', errorValue('build-failed', '`main` function not found in crate `app`')],
  ['wasi/randomness', errorValue('build-failed', 'error', { cause: 'error: the wasm*-unknown-unknown targets are not supported by default' })],
  ['wasi/sockets-crate', errorValue('build-failed', 'could not compile `mio` (lib)')],
  ['wasi/c-code', errorValue('build-failed', 'failed to run custom build command for `ring v0.17.14`')],
  ['wasi/component-linker', errorValue('build-failed', 'linker `wasm-component-ld` not found')],
  ['wasi/unsafe-attribute', errorValue('build-failed', 'unsafe attribute used without unsafe')],
  ['wasi/newer-rustc', errorValue('build-failed', 'package `a v1` cannot be built because it requires rustc 1.99 or newer')],
  ['wasi/wasm-opt-features', errorValue('optimise-failed', 'wasm-opt refuses', { cause: 'Fatal: all used features should be allowed' })],
  ['wasi/no-runner', errorValue('build-failed', 'could not execute process `target/wasm32-wasip1/debug/a.wasm` (never executed)', { cause: 'Caused by: Exec format error (os error 8)' })],
  ['wasi/build-failed', errorValue('build-failed', 'mismatched types')],
  ['wasi/not-a-component', errorValue('not-a-component', 'Not a valid WASI Preview 2 component.')],
  ['wasi/not-a-module', errorValue('not-a-module', 'Not a valid WASI Preview 1 module.')],
  ['wasi/unknown-format', errorValue('unknown-format', 'Failed to load WASM binary')],
  ['wasi/missing-run', errorValue('missing-run', 'The component does not export wasi:cli/run')],
  ['wasi/unresolved-import', errorValue('missing-import', 'imports', { cause: 'env::from_c (func () -> ())' })],
  ['wasi/wasm-bindgen', errorValue('missing-import', 'imports', { cause: '__wbindgen_placeholder__::f (func)' })],
  ['wasi/worker-interface', errorValue('missing-import', 'imports', { cause: 'near:rpc/api@0.1.0' })],
  ['wasi/newer-wasi', errorValue('unsupported-wasi-version', 'needs 0.3')],
  ['wasi/threads', errorValue('unsupported-proposal', 'The program uses threads')],
  ['wasi/panic', errorValue('panic', 'The program panicked at src/main.rs:2:5: no')],
  ['wasi/trap', errorValue('trap', 'The program trapped: integer divide by zero.')],
  ['wasi/out-of-fuel', errorValue('out-of-fuel', 'used up')],
  ['wasi/out-of-time', errorValue('out-of-time', 'did not end')],
  ['wasi/out-of-memory', errorValue('out-of-memory', 'ran out')],
  ['wasi/stack-overflow', errorValue('stack-overflow', 'ran out of stack')],
  ['wasi/exit-status', errorValue('exit', 'The program exited with code 1.')],
  ['wasi/env-missing', errorValue('panic', 'called `Result::unwrap()` on an `Err` value: NotPresent')],
  ['wasi/env-missing', errorValue('exit', 'The program exited with code 1.'), 'Error: NotPresent\n'],
  ['wasi/no-preopen', errorValue('exit', 'The program exited with code 1.'), 'Error: Custom { kind: Uncategorized, error: "failed to find a pre-opened file descriptor through which \\"/tmp\\" could be opened" }\n'],
  ['wasi/no-preopen', errorValue('panic', 'called `Result::unwrap()` on an `Err` value: Os { code: 44, kind: NotFound, message: "No such file or directory" }')],
  ['wasi/network-denied', errorValue('panic', 'ErrorCode::InternalError(Some("destination blocked: internal/private/link-local address"))')],
  ['wasi/platform-unsupported', errorValue('panic', 'time not implemented on this platform')],
  ['wasi/platform-unsupported', errorValue('panic', 'failed to spawn thread: Error { kind: Unsupported, message: "operation not supported on this platform" }')],
];

function found(error: ErrorValue, stderr = ''): Finding {
  const finding = findingOfError(error, crate, stderr);
  assert.ok(finding);
  return finding;
}

describe('findingOfError', () => {
  for (const [code, error, stderr] of errors) {
    it(`takes "${error.message}" for ${code}`, () => {
      const finding = found(error, stderr);
      assert.equal(finding.code, code);
      assert.equal(finding.error, error);
      assert.ok(finding.message.startsWith(error.message));
    });
  }

  it('has no finding for what is no mistake in the program', () => {
    assert.equal(findingOfError(errorValue('stopped', 'The run was stopped.'), crate), null);
  });

  it('takes a plain failure for nothing but one', () => {
    assert.equal(found(errorValue('exit', 'The program exited with code 2.'), 'bad input\n').code, 'wasi/exit-status');
  });

  it('is at the innermost frame in the sources of the crate', () => {
    const error = errorValue('panic', 'panicked', {
      backtrace: [frame(10, '/rustc/lib.rs'), frame(3)],
    });
    const { file, range } = found(error);
    assert.equal(file, join(crateDir, 'src', 'main.rs'));
    assert.deepEqual(range, { start: { line: 2, character: 4 }, end: { line: 2, character: 46 } });
  });

  it('is where the compiler points, else at the name of the package', () => {
    const pointed = found(errorValue('build-failed', 'no', { cause: 'error\n --> src/main.rs:2:9\n' }));
    assert.deepEqual(pointed.range.start, { line: 1, character: 8 });
    const { file, range } = found(errorValue('out-of-time', 'no'));
    assert.equal(file, join(crateDir, 'Cargo.toml'));
    assert.deepEqual(range.start, { line: 1, character: 7 });
  });

  it('offers what its place tells', () => {
    const env = found(errorValue('panic', 'NotPresent', { backtrace: [frame(2)] }));
    assert.deepEqual(env.fixes.map(({ action }) => action), [{ kind: 'set-environment', name: 'KEY' }]);
    const folder = found(errorValue('panic', 'code: 44, kind: NotFound', { backtrace: [frame(3)] }));
    assert.deepEqual(folder.fixes.map(({ action }) => action), [{ kind: 'add-preopen', guestPath: '/data' }]);
    const limit = found(
      errorValue('out-of-time', 'no', { actions: [{ kind: 'raise-limit', limit: 'maxExecutionSeconds' }] }),
    );
    assert.deepEqual(limit.fixes.map(({ title }) => title), ['Raise the time limit']);
  });
});


describe('findingsOfRun', () => {
  const succeeded = (output: string, stderr = ''): RunResult => ({
    format: 'p1',
    target: 'wasm32-wasip1',
    success: true,
    output: encodeUtf8(output),
    stderr: encodeUtf8(stderr),
    exitCode: 0,
    fuel: 1,
    fuelModel: 'wasmtime-28',
    peakMemoryBytes: 0,
    wasmBytes: 0,
    loadMs: 0,
    runMs: 0,
    worker: { success: true, message: null, billedFuel: 1 },
    error: null,
  });

  it('has nothing to say of an output', () => {
    assert.deepEqual(findingsOfRun(succeeded('plain'), crate, false), []);
    assert.deepEqual(findingsOfRun(succeeded('{"a":1}\n'), crate, true), []);
  });

  it('finds that there is no output, and whether it went to stderr', () => {
    const [nothing] = findingsOfRun(succeeded(''), crate, false);
    assert.equal(nothing?.code, 'wasi/empty-output');
    assert.deepEqual(nothing.range, { start: { line: 0, character: 3 }, end: { line: 0, character: 7 } });
    const [onStderr] = findingsOfRun(succeeded('', 'four'), crate, false);
    assert.match(onStderr!.message, /4 bytes to stderr/);
  });

  it('says where an output stops being JSON', () => {
    const [finding] = findingsOfRun(succeeded('{"a":1}\ndone\n'), crate, true);
    assert.equal(finding?.code, 'wasi/output-not-json');
    assert.match(finding.message, /line 2, column 1, before "done\\n"/);
    const [early] = findingsOfRun(succeeded('{"a":'), crate, true);
    assert.match(early!.message, /ends too early/);
  });

  it('has the error of a run that failed, as it is', () => {
    const error = errorValue('out-of-fuel', 'The program used up its 5 instructions.');
    const [finding] = findingsOfRun({ ...succeeded(''), success: false, error }, crate, true);
    assert.equal(finding?.error, error);
  });
});
