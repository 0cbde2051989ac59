import assert from 'node:assert/strict';
import { encodeUtf8 } from '../../../src/shared/text.ts';
import type { Target } from '../../../src/shared/target.ts';
import type { ErrorCode } from '../../../src/shared/workbenchError.ts';
import { executeHere } from './executeHere.ts';
import { preview1Program, print, requestFor, wat } from './support.ts';

const module = preview1Program(print(1, 2), 'hi');
/** A component that is empty. */
const component = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00);
/** The same with a section that says it is longer than the file. */
const cutComponent = Uint8Array.of(...component, 0x07, 0x20, 0x02);

describe('execute', () => {
  const failures: {
    what: string;
    wasm: Uint8Array;
    target: Target | null;
    code: ErrorCode;
    message: RegExp;
    worker: RegExp;
  }[] = [
    {
      what: 'a module named a component',
      wasm: module,
      target: 'wasm32-wasip2',
      code: 'not-a-component',
      message: /^Not a valid WASI Preview 2 component/,
      worker: /^Not a valid WASI Preview 2 component$/,
    },
    {
      what: 'a component named a preview 1 module',
      wasm: component,
      target: 'wasm32-wasip1',
      code: 'not-a-module',
      message: /^Not a valid WASI Preview 1 module/,
      worker: /^Not a valid WASI Preview 1 module$/,
    },
    {
      what: 'a component named by the old name of preview 1',
      wasm: component,
      target: 'wasm32-wasi',
      code: 'not-a-module',
      message: /^Not a valid WASI Preview 1 module/,
      worker: /^Not a valid WASI Preview 1 module$/,
    },
    {
      what: 'a component named a bare module',
      wasm: component,
      target: 'wasm32-unknown-unknown',
      code: 'not-a-module',
      message: /^Not a valid bare WebAssembly module/,
      worker: /^Failed to load WASM binary/,
    },
    {
      what: 'a component that is cut off',
      wasm: cutComponent,
      target: 'wasm32-wasip2',
      code: 'not-a-component',
      message: /^Not a valid WASI Preview 2 component/,
      worker: /^Not a valid WASI Preview 2 component$/,
    },
    {
      what: 'a component that is cut off, and no target',
      wasm: cutComponent,
      target: null,
      code: 'unknown-format',
      message: /^Failed to load WASM binary/,
      worker: /^Failed to load WASM binary/,
    },
    {
      what: 'a component without wasi:cli/run',
      wasm: component,
      target: null,
      code: 'missing-run',
      message: /wasi:cli\/run/,
      worker: /^Failed to instantiate component$/,
    },
    {
      what: 'a reactor',
      wasm: wat('(module (memory (export "memory") 1) (func (export "_initialize")))'),
      target: 'wasm32-wasip1',
      code: 'missing-start',
      message: /_start/,
      worker: /^Failed to find _start function/,
    },
    {
      what: 'an import that nothing satisfies',
      wasm: wat('(module (import "env" "log" (func)) (memory (export "memory") 1) (func (export "_start")))'),
      target: null,
      code: 'missing-import',
      message: /env::log/,
      worker: /^Failed to instantiate WASI P1 module$/,
    },
    {
      what: 'shared memory',
      wasm: wat('(module (memory (export "memory") 1 1 shared) (func (export "_start")))'),
      target: null,
      code: 'unsupported-proposal',
      message: /thread/,
      worker: /^Not a valid WASI Preview 1 module$/,
    },
    {
      what: 'text and a named target',
      wasm: encodeUtf8('(module)'),
      target: 'wasm32-wasip1',
      code: 'not-a-module',
      message: /^Not a valid WASI Preview 1 module/,
      worker: /^Not a valid WASI Preview 1 module$/,
    },
  ];
  for (const { what, wasm, target, code, message, worker } of failures) {
    it(`refuses ${what}`, async () => {
      const { report, output } = await executeHere(requestFor(wasm, { options: { target } }));
      assert.equal(report.error?.code, code);
      assert.match(report.error.message, message);
      assert.ok(report.error.hint);
      assert.match(report.worker.message ?? '', worker);
      assert.equal(report.success, false);
      assert.equal(report.exitCode, null);
      assert.equal(report.runMs, 0);
      assert.equal(output.length, 0);
    });
  }

  it('says what the bytes look like, and which formats there are', async () => {
    const { report } = await executeHere(requestFor(encodeUtf8('{}')));
    assert.equal(report.format, null);
    assert.equal(report.target, null);
    assert.match(report.error?.cause ?? '', /look like JSON\.$/);
    for (const target of ['wasm32-wasip2', 'wasm32-wasip1', 'wasm32-wasi', 'wasm32-unknown-unknown']) {
      assert.ok(report.error?.hint?.includes(target), target);
    }
  });

  it('says how a program comes of what only has to be fetched, unpacked or converted', async () => {
    const { report } = await executeHere(requestFor(encodeUtf8('<!doctype html>')));
    assert.match(report.error?.cause ?? '', /look like an HTML page\.$/);
    assert.match(report.error?.hint ?? '', /^Download the file itself/);
  });

  it('detects the format, and keeps the target that was named', async () => {
    const detected = await executeHere(requestFor(module));
    assert.equal(detected.report.target, 'wasm32-wasip1');
    const named = await executeHere(requestFor(module, { options: { target: 'wasm32-wasi' } }));
    assert.equal(named.report.target, 'wasm32-wasi');
    assert.equal(named.report.format, 'p1');
    assert.equal(named.report.error, null);
    const bare = await executeHere(requestFor(wat('(module (func (export "main")))')));
    assert.equal(bare.report.target, 'wasm32-unknown-unknown');
  });

  it('keeps apart what plain WASI and the worker make of exit(0)', async () => {
    const { report } = await executeHere(requestFor(preview1Program('(call $exit (i32.const 0))')));
    assert.equal(report.success, true);
    assert.equal(report.exitCode, 0);
    assert.equal(report.worker.success, false);
    assert.equal(report.worker.billedFuel, 0);
    assert.ok(report.fuel > 0);
  });

  it('reports the place of a trap in the module as it was built', async () => {
    const wasm = preview1Program(
      '(call $inner)',
      '',
      '(func $inner (drop (i32.div_u (i32.const 1) (i32.const 0))))',
    );
    const { report } = await executeHere(requestFor(wasm));
    assert.equal(report.error?.code, 'trap');
    assert.deepEqual(
      report.error.backtrace.map(({ function: name, module: of }) => [name, of]),
      [
        ['inner', 'program'],
        ['start', 'program'],
      ],
    );
    // i32.div_u
    assert.equal(wasm[report.error.backtrace[0]?.offset ?? 0], 0x6e);
  });

  it('reads a panic from stderr', async () => {
    const text = "thread 'main' panicked at src/main.rs:2:5:\\0aboom\\0a";
    const length = text.replaceAll('\\0a', '\n').length;
    const { report, stderr } = await executeHere(
      requestFor(preview1Program(`${print(2, length)} unreachable`, text)),
    );
    assert.equal(stderr.length, length);
    assert.equal(report.error?.code, 'panic');
    assert.equal(report.error.message, 'The program panicked at src/main.rs:2:5: boom');
    assert.equal(report.error.backtrace[0]?.line, 2);
  });

  it('tells an allocation that failed because of the limit', async () => {
    const text = 'memory allocation of 9 bytes failed\\0a';
    const body = `(drop (memory.grow (i32.const 2000))) ${print(2, text.length - 2)} unreachable`;
    const { report } = await executeHere(
      requestFor(preview1Program(body, text), { limits: { maxMemoryMb: 1 } }),
    );
    assert.equal(report.error?.code, 'out-of-memory');
  });

  it("knows that V8's own stack overflow leaves a lower bound of the fuel", async () => {
    const deep = wat('(module (func $deep (export "_start") (call $deep)))');
    const { report } = await executeHere(requestFor(deep, { options: { target: 'wasm32-wasip1' } }));
    assert.equal(report.error?.code, 'stack-overflow');
    assert.equal(report.measured, 'fuel-at-least');
  });

  it('ends a start function that uses up its fuel', async () => {
    const wasm = wat('(module (func $loop (loop $l (br $l))) (start $loop) (func (export "main")))');
    const { report } = await executeHere(requestFor(wasm, { limits: { maxInstructions: 10_000 } }));
    assert.equal(report.error?.code, 'out-of-fuel');
    assert.equal(report.fuel, 10_000);
  });
});
