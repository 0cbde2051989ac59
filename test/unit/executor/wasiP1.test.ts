import assert from 'node:assert/strict';
import createWabt from 'wabt';
import { GuestExit } from '../../../src/executor/guest.ts';
import type { Guest } from '../../../src/executor/guest.ts';
import { systemClocks } from '../../../src/executor/host/clocks.ts';
import { seededRandom } from '../../../src/executor/host/random.ts';
import { InputPipe, OutputPipe } from '../../../src/executor/host/stdio.ts';
import { loadWasiP1 } from '../../../src/executor/wasiP1.ts';
import { decodeUtf8 } from '../../../src/shared/text.ts';
import { asErrorValue } from '../../../src/shared/workbenchError.ts';
import type { ErrorValue } from '../../../src/shared/workbenchError.ts';
import { plainEngine } from './host/plainEngine.ts';

const wabt = await createWabt();

function assemble(wat: string): Uint8Array {
  const module = wabt.parseWat('test.wat', wat, { threads: true });
  try {
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}

async function load(wasm: Uint8Array): Promise<{ guest: Guest; stdout: () => string }> {
  let stdout = '';
  const world = {
    argv: [],
    env: [],
    stdin: new InputPipe(new Uint8Array(0)),
    stdout: new OutputPipe(100, (bytes) => {
      stdout += decodeUtf8(bytes);
    }),
    stderr: new OutputPipe(100, () => undefined),
    clocks: systemClocks(),
    random: seededRandom(0),
    preopens: [],
  };
  const guest = await loadWasiP1({ wasm, name: 'test', engine: plainEngine(), world });
  return { guest, stdout: () => stdout };
}

async function refusal(wat: string): Promise<ErrorValue> {
  const wasm = assemble(wat);
  try {
    await load(wasm);
  } catch (error) {
    return asErrorValue(error);
  }
  assert.fail('it was loaded');
}

const start = '(func (export "_start"))';

describe('executor: preview 1 modules', () => {
  it('run to their return', async () => {
    const { guest, stdout } = await load(
      assemble(`(module
        (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (data (i32.const 8) "hello")
        (data (i32.const 0) "\\08\\00\\00\\00\\05\\00\\00\\00")
        (func (export "_start") (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))))`),
    );
    assert.equal(guest.run(), 0);
    assert.equal(stdout(), 'hello');
    guest.close?.();
  });

  it('exit with a code, through wasi_unstable as well', async () => {
    for (const module of ['wasi_snapshot_preview1', 'wasi_unstable']) {
      const { guest } = await load(
        assemble(`(module (import "${module}" "proc_exit" (func $exit (param i32)))
          (func (export "_start") (call $exit (i32.const 3))))`),
      );
      assert.throws(
        () => guest.run(),
        (error) => error instanceof GuestExit && error.code === 3,
      );
    }
  });

  it('seek by the numbers of wasi_unstable', async () => {
    const { guest } = await load(
      assemble(`(module
        (import "wasi_unstable" "fd_seek" (func $seek (param i32 i64 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (func (export "_start")
          ;; whence 2 is the start there; a stream has no position either way: spipe, 70
          (if (i32.ne (call $seek (i32.const 1) (i64.const 0) (i32.const 2) (i32.const 0)) (i32.const 70))
            (then unreachable))
          (if (i32.ne (call $seek (i32.const 1) (i64.const 0) (i32.const 3) (i32.const 0)) (i32.const 28))
            (then unreachable))))`),
    );
    assert.equal(guest.run(), 0);
  });

  it('get EFAULT for every pointer where they have no memory', async () => {
    const { guest } = await load(
      assemble(`(module (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
        (func (export "_start")
          (if (i32.ne (call $random (i32.const 0) (i32.const 1)) (i32.const 21)) (then unreachable))))`),
    );
    assert.equal(guest.run(), 0);
  });

  it('let an overflow of their stack through the host', async () => {
    const { guest } = await load(
      assemble(`(module (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
        (func $deep (export "_start") (drop (call $yield)) (call $deep)))`),
    );
    assert.throws(() => guest.run(), RangeError);
  });
});

describe('executor: modules that preview 1 cannot run', () => {
  it('name what they import that is not there, and say why', async () => {
    const cases: [module: string, name: string, hint: RegExp][] = [
      ['env', 'some_c_function', /extern "C"/],
      ['__wbindgen_placeholder__', '__wbindgen_describe', /wasm-bindgen/],
      ['wasi_unstable', 'poll_oneoff', /current Rust toolchain/],
      ['wasi:http/types@0.2.0', 'x', /wasm32-wasip2/],
      ['wasi_snapshot_preview1', 'fd_unknown', /wasi_snapshot_preview1/],
      ['__proto__', 'toString', /wasi_snapshot_preview1/],
      ['wasi_snapshot_preview1', 'toString', /wasi_snapshot_preview1/],
    ];
    for (const [module, name, hint] of cases) {
      const error = await refusal(`(module (import "${module}" "${name}" (func)) ${start})`);
      assert.equal(error.code, 'missing-import');
      assert.ok(error.message.includes(`${module}::${name}`), error.message);
      assert.match(error.hint ?? '', hint);
    }
  });

  it('name all of many missing imports in the cause', async () => {
    const imports = Array.from({ length: 8 }, (_, index) => `(import "env" "f${index}" (func))`);
    const error = await refusal(`(module ${imports.join('')} ${start})`);
    assert.match(error.message, /8 things.*env::f4 \(func \(\) -> \(\)\), …/);
    assert.match(error.cause ?? '', /env::f7 \(func/);
  });

  it('are refused for a function of the wrong signature', async () => {
    const error = await refusal(
      `(module (import "wasi_snapshot_preview1" "fd_close" (func (param i64) (result i32))) ${start})`,
    );
    assert.equal(error.code, 'missing-import');
    assert.match(error.message, /fd_close as \(i64\) -> i32/);
    assert.match(error.cause ?? '', /\(i32\) -> i32/);
  });

  it('refuse an import that is no function', async () => {
    const error = await refusal(`(module (import "env" "memory" (memory 1)) ${start})`);
    assert.equal(error.code, 'missing-import');
    assert.match(error.message, /env::memory \(memory\)/);
  });

  it('are told that a library has no start, and a reactor by name', async () => {
    const library = await refusal('(module (func (export "run")))');
    assert.equal(library.code, 'missing-start');
    assert.match(library.hint ?? '', /\[\[bin\]\] with fn main\(\) rather than \[lib\]/);
    const reactor = await refusal('(module (func (export "_initialize")))');
    assert.equal(reactor.code, 'missing-start');
    assert.match(reactor.cause ?? '', /reactor/);
    assert.equal((await refusal('(module (memory (export "_start") 1))')).code, 'missing-start');
  });

  it('are refused for a start that takes or returns something', async () => {
    for (const type of ['(param i32)', '(result i32) (i32.const 0)']) {
      const error = await refusal(`(module (func (export "_start") ${type}))`);
      assert.equal(error.code, 'missing-start');
    }
  });

  it('are refused for threads', async () => {
    const shared = await refusal(`(module (memory (export "memory") 1 1 shared) ${start})`);
    assert.equal(shared.code, 'unsupported-proposal');
    const imported = await refusal(`(module (import "env" "memory" (memory 1 1 shared)) ${start})`);
    assert.equal(imported.code, 'unsupported-proposal');
    const spawning = await refusal(
      `(module (import "wasi" "thread-spawn" (func (param i32) (result i32))) ${start})`,
    );
    assert.equal(spawning.code, 'unsupported-proposal');
  });

  it('are refused where they are no modules', async () => {
    for (const bytes of ['', 'text', '\0asm', '\0asm\x0d\0\x01\0'])
      await assert.rejects(
        load(Buffer.from(bytes, 'latin1')),
        (error) => asErrorValue(error).code === 'not-a-module',
      );
  });
});
