import assert from 'node:assert/strict';
import type { Ending } from '../../../../src/executor/outcome/ending.ts';
import { explain, type RunFacts } from '../../../../src/executor/outcome/explain.ts';
import { defaultLimits } from '../../../../src/shared/limits.ts';
import { type ErrorValue, type Frame, WorkbenchError } from '../../../../src/shared/workbenchError.ts';

function frame(name: string): Frame {
  return { function: name, file: null, line: null, column: null, module: null, offset: null };
}

const nothing: RunFacts = {
  limits: defaultLimits,
  outOfFuel: false,
  growthRefused: false,
  triedSocket: false,
  missedInput: false,
  isBare: false,
  stderr: '',
  backtrace: [],
};

function explained(ending: Ending, facts: Partial<RunFacts> = {}): ErrorValue {
  const error = explain(ending, { ...nothing, ...facts });
  assert.ok(error);
  assert.ok(error.hint, 'every error names the next step');
  return error;
}

const trapped = (message: string): Ending => ({
  kind: 'threw',
  error: new WebAssembly.RuntimeError(message),
});
const panicked = (message: string): ErrorValue =>
  explained(trapped('unreachable'), { stderr: `thread 'main' panicked at src/main.rs:4:9:\n${message}\n` });
const panicText = "thread 'main' panicked at src/main.rs:4:9:\nboom\n";

describe('explain', () => {
  it('says what a program was not given', () => {
    const unwrapped = 'called `Result::unwrap()` on an `Err` value: ';
    assert.match(panicked(`${unwrapped}NotPresent`).hint ?? '', /--env NAME=VALUE/);
    const noFile = 'Os { code: 44, kind: NotFound, message: "No such file or directory" }';
    assert.match(panicked(`${unwrapped}${noFile}`).hint ?? '', /--dir HOST::GUEST/);
    assert.match(panicked('failed to spawn thread: Os { code: 58 }').hint ?? '', /one thread/);
    assert.match(panicked('boom').hint ?? '', /^Look at src\/main.rs, line 4/);
  });

  it('says that there are no sockets, where one was asked for', () => {
    const stderr = 'Error: Os { code: 2, kind: PermissionDenied, message: "Permission denied" }';
    const exited = { kind: 'exited', code: 1 } as const;
    assert.match(
      explained(exited, { stderr, triedSocket: true }).hint ?? '',
      /Sockets are closed.*wasi:http/,
    );
    assert.equal(explained(exited, { stderr }).hint, 'Its stderr says why.');
    const unsupported = 'Error { kind: Unsupported, message: "operation not supported on this platform" }';
    assert.match(panicked(unsupported).hint ?? '', /wasm32-wasip1, sockets.*wasi:http/);
  });

  it('says that there was no input, where the program asked for it and could do without none', () => {
    const eof = 'Error("EOF while parsing a value", line: 1, column: 0)';
    const panic = `thread 'main' panicked at src/main.rs:4:9:\ncalled \`Result::unwrap()\` on an \`Err\` value: ${eof}\n`;
    const panicked = explained(trapped('unreachable'), { stderr: panic, missedInput: true });
    assert.equal(
      panicked.message,
      'The program reads its input, but was run with none (it panicked at src/main.rs:4:9).',
    );
    const exited = explained({ kind: 'returned', code: 1 }, { stderr: `Error: ${eof}\n`, missedInput: true });
    assert.equal(
      exited.message,
      'The program exited with code 1: it reads its input, but was run with none.',
    );
    for (const { hint, actions } of [panicked, exited]) {
      assert.match(hint!, /Run with Input….*--input TEXT.*--input-file FILE/);
      assert.deepEqual(actions, [{ kind: 'run-with-input' }]);
    }
    // With an input, or of one that it never asked for, the words are about what was wrong.
    assert.match(explained(trapped('unreachable'), { stderr: panic }).message, /unwrapped bad input/);
    assert.match(explained(trapped('unreachable'), { stderr: panicText, missedInput: true }).message, /boom/);
  });

  it('has nothing to say of a success, whether returned or exited', () => {
    assert.equal(explain({ kind: 'returned', code: 0 }, nothing), null);
    assert.equal(explain({ kind: 'exited', code: 0 }, nothing), null);
  });

  it('names the exit code, and says where to look', () => {
    const silent = explained({ kind: 'exited', code: 1 });
    assert.equal(silent.code, 'exit');
    assert.match(silent.message, /code 1\b/);
    assert.match(silent.hint ?? '', /main returned an error/);
    assert.match(
      explained({ kind: 'returned', code: 1 }, { stderr: 'Error: x' }).hint ?? '',
      /stderr says why/,
    );
    assert.doesNotMatch(explained({ kind: 'exited', code: 9 }).hint ?? '', /main returned/);
  });

  it('blames the place of a panic on the first frame outside the library', () => {
    const error = explained(trapped('unreachable'), {
      stderr: panicText,
      backtrace: [
        'abort',
        '__rustc::rust_begin_unwind',
        'core::panicking::panic_fmt',
        'app::parse',
        'app::main',
      ].map(frame),
    });
    assert.equal(error.code, 'panic');
    assert.equal(error.message, 'The program panicked at src/main.rs:4:9: boom');
    assert.equal(error.cause, 'wasm trap: wasm `unreachable` instruction executed');
    assert.deepEqual(error.backtrace[0], { ...frame('app::parse'), file: 'src/main.rs', line: 4, column: 9 });
    assert.deepEqual(error.backtrace[1], frame('app::main'));
  });

  it('names the line of the user’s own that led to a panic in a dependency', () => {
    const file = '/root/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/orders-1.0.2/src/lib.rs';
    const at = (name: string, path: string, line: number) => ({
      ...frame(name),
      file: path,
      line,
      column: 1,
    });
    const stderr = `thread 'main' panicked at ${file}:4:9:\nno such order\n`;
    const backtrace = [at('orders::get', file, 4), at('app::label', '/app/src/main.rs', 22)];
    const known = explained(trapped('unreachable'), { stderr, backtrace });
    assert.equal(known.message, 'The program panicked at orders/src/lib.rs:4:9: no such order');
    assert.equal(known.hint, 'Look at app/src/main.rs:22, which led there.');
    const unknown = explained(trapped('unreachable'), { stderr, backtrace: ['orders::get', 'f'].map(frame) });
    assert.equal(unknown.hint, `Look at ${file}, line 4.`);
  });

  describe('of a panic with line tables', () => {
    const at = (name: string, file: string | null, line: number | null): Frame => {
      return { ...frame(name), file, line, column: line && 5 };
    };
    const panicAt = (file: string, ...backtrace: Frame[]) => {
      const stderr = `thread 'main' panicked at ${file}:4:9:\nboom\n`;
      return explained(trapped('unreachable'), { stderr, backtrace }).backtrace;
    };
    const main = at('app::main', '/space/app/src/main.rs', 22);

    it('names the file as all other frames do, whichever way the panic does', () => {
      for (const [named, whole] of [
        ['app/src/parse.rs', '/space/app/src/parse.rs'],
        ['vendor/orders/src/lib.rs', '/space/vendor/orders/src/lib.rs'],
        ['app\\src\\parse.rs', 'C:\\space\\app\\src\\parse.rs'],
      ] as const) {
        const frames = panicAt(named, at('parse', whole, 4), main);
        assert.deepEqual(frames, [{ ...at('parse', whole, 4), column: 9 }, main]);
      }
    });

    it('has the line that the panic names where line tables have none, or have its file as another', () => {
      const shared = at('parse', null, null);
      assert.deepEqual(panicAt('app/src/main.rs', shared, main)[0], {
        ...shared,
        file: main.file,
        line: 4,
        column: 9,
      });
      const other = { ...at('parse', '/space/app/src/other.rs', 7), column: 9 };
      assert.deepEqual(panicAt('app/src/parse.rs', other, main)[0], {
        ...other,
        file: 'app/src/parse.rs',
        line: 4,
      });
    });

    it('leaves a function whose caller is blamed where it is', () => {
      const check = at('check', '/space/checks/src/lib.rs', 30);
      const blamed = at('app::main', '/space/app/src/main.rs', 4);
      assert.deepEqual(panicAt('app/src/main.rs', check, blamed), [check, blamed]);
    });
  });

  it("gives no frame of the program a place in Rust's library", () => {
    const file = '/rustc/59807616e1fb2d2fde6e8d4b6c1a4b1e12345678/library/core/src/option.rs';
    const error = explained(trapped('unreachable'), {
      stderr: `thread 'main' panicked at ${file}:4:9:\nboom\n`,
      backtrace: [frame('app::main')],
    });
    assert.deepEqual(error.backtrace, [frame('app::main')]);
  });

  it('keeps the whole backtrace where all of it is the library, and none where there is none', () => {
    const library = [frame('core::a'), frame('std::b')];
    const error = explained(trapped('unreachable'), { stderr: panicText, backtrace: library });
    assert.equal(error.backtrace.length, 2);
    assert.deepEqual(explained(trapped('unreachable'), { stderr: panicText }).backtrace, []);
  });

  it('takes exit status 101 with a panic for the panic', () => {
    assert.equal(explained({ kind: 'exited', code: 101 }, { stderr: panicText }).code, 'panic');
    assert.equal(explained({ kind: 'exited', code: 101 }).code, 'exit');
  });

  it('does not take another trap for a panic that was caught before', () => {
    assert.equal(explained(trapped('divide by zero'), { stderr: panicText }).code, 'trap');
  });

  it("uses wasmtime's words for a trap, and keeps the frames", () => {
    const error = explained(trapped('memory access out of bounds'), { backtrace: [frame('f')] });
    assert.equal(error.code, 'trap');
    assert.equal(error.cause, 'wasm trap: out of bounds memory access');
    assert.deepEqual(error.backtrace, [frame('f')]);
  });

  it('says where a trap was, as far as that is known', () => {
    const hintOf = (...backtrace: Frame[]) => explained(trapped('divide by zero'), { backtrace }).hint;
    const own = { ...frame('app::main'), file: '/space/app/src/main.rs', line: 7 };
    assert.equal(hintOf(frame('core::x'), own), 'Look at app/src/main.rs:7, which led there.');
    assert.equal(hintOf(frame('app::main')), 'The backtrace shows where.');
    assert.match(hintOf(frame('wasm-function[3]')) ?? '', /strip = false/);
  });

  it('tells out of fuel from the trap that it ends in', () => {
    const error = explained(trapped('unreachable'), { outOfFuel: true, stderr: panicText });
    assert.equal(error.code, 'out-of-fuel');
    assert.match(error.message, /1,000,000,000/);
    assert.deepEqual(error.actions, [{ kind: 'raise-limit', limit: 'maxInstructions' }]);
  });

  it('tells out of memory from other aborts, where growth was refused', () => {
    const stderr = 'memory allocation of 4096 bytes failed\n';
    const error = explained(trapped('unreachable'), { growthRefused: true, stderr });
    assert.equal(error.code, 'out-of-memory');
    assert.match(error.message, /4,096 bytes/);
    assert.match(error.hint ?? '', /128 MiB/);
    assert.deepEqual(error.actions, [{ kind: 'raise-limit', limit: 'maxMemoryMb' }]);
    assert.equal(explained(trapped('unreachable'), { growthRefused: false, stderr }).code, 'trap');
    assert.equal(explained(trapped('unreachable'), { growthRefused: true }).code, 'trap');
  });

  it('takes recursion that ends out of bounds for a stack overflow', () => {
    const deep = Array.from({ length: 50 }, () => frame('app::walk'));
    const error = explained(trapped('memory access out of bounds'), { backtrace: deep });
    assert.equal(error.code, 'stack-overflow');
    assert.match(error.hint ?? '', /-zstack-size/);
    assert.equal(explained(trapped('divide by zero'), { backtrace: deep }).code, 'trap');
  });

  it("takes V8's exhausted stack for one, and no other RangeError", () => {
    const ending: Ending = { kind: 'threw', error: new RangeError('Maximum call stack size exceeded') };
    assert.equal(explained(ending).code, 'stack-overflow');
    assert.equal(
      explained({ kind: 'threw', error: new RangeError('Invalid array length') }).code,
      'internal',
    );
  });

  it('takes a memory that V8 could not reserve for out of memory', () => {
    const error = new RangeError('WebAssembly.Memory(): could not allocate memory');
    assert.equal(explained({ kind: 'threw', error }).code, 'out-of-memory');
  });

  it('names the limit of time', () => {
    const error = explained({ kind: 'timed out' });
    assert.equal(error.code, 'out-of-time');
    assert.match(error.message, /60 seconds/);
    assert.doesNotMatch(error.hint!, /it was at/);
  });

  it('tells where time ran out, where that is known', () => {
    const own = { function: 'f', file: '/app/src/main.rs', line: 7, column: 5, module: null, offset: 1 };
    for (const ending of [
      { kind: 'timed out' },
      { kind: 'timed out', reason: 'It waited.', stack: '' },
    ] as const) {
      const error = explained(ending, { backtrace: [own] });
      assert.equal(error.code, 'out-of-time');
      assert.deepEqual(error.backtrace, [own]);
      if (!('reason' in ending)) assert.match(error.hint!, /it was at app\/src\/main\.rs:7\.$/);
    }
  });

  it('passes on what the host threw as an error value', () => {
    const thrown = new WorkbenchError('missing-import', 'No such import.', { hint: 'Add it.' });
    assert.equal(explained({ kind: 'threw', error: thrown }), thrown.value);
  });
});
