import assert from 'node:assert/strict';
import type { RunReport } from '../../../src/executor/execute.ts';
import { decodeUtf8 } from '../../../src/shared/text.ts';
import { executeHere } from './executeHere.ts';
import { requestFor, wat } from './support.ts';

/** `alloc` hands out 1024; `run` as given. */
function dataModule(run: string, alloc = '(i32.const 1024)'): Uint8Array {
  return wat(`(module
    (memory (export "memory") 1)
    (func (export "alloc") (param $length i32) (result i32) ${alloc})
    (func (export "run") (param $pointer i32) (param $length i32) (result i64) ${run}))`);
}

/** `(pointer << 32) | length` */
const echo = `(i64.or (i64.shl (i64.extend_i32_u (local.get $pointer)) (i64.const 32))
                      (i64.extend_i32_u (local.get $length)))`;

async function run(wasm: Uint8Array, input = ''): Promise<{ report: RunReport; output: string }> {
  const request = requestFor(wasm, { input, options: { target: 'wasm32-unknown-unknown' } });
  const { report, output } = await executeHere(request);
  return { report, output: decodeUtf8(output) };
}

describe('bare modules', () => {
  it('hand data in through alloc, and out through run', async () => {
    const { report, output } = await run(dataModule(echo), 'grüße');
    assert.equal(report.error, null);
    assert.equal(report.format, 'unknown');
    assert.equal(report.exitCode, 0);
    assert.equal(output, 'grüße');
    assert.ok(report.fuel > 0);
  });

  it('are called with an empty input too', async () => {
    const { report, output } = await run(dataModule('(i64.const 0)'));
    assert.equal(report.error, null);
    assert.equal(output, '');
  });

  it('take pointers above 2 GiB as unsigned', async () => {
    const { report } = await run(dataModule('(i64.const 0xffffffff00000001)'));
    assert.equal(report.error?.code, 'trap');
    assert.match(report.error.cause ?? '', /run returned a range outside of the memory/);
  });

  it('trap where alloc answers with a place outside of the memory', async () => {
    const { report } = await run(dataModule(echo, '(i32.const -1)'), 'x');
    assert.match(report.error?.cause ?? '', /alloc returned a range outside of the memory/);
  });

  const plain: [what: string, text: string, exitCode: number][] = [
    ['run: () -> ()', '(func (export "run"))', 0],
    ['main: () -> i32', '(func (export "main") (result i32) (i32.const 7))', 7],
    [
      'main: (i32, i32) -> i32',
      '(func (export "main") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))',
      0,
    ],
    ['_start: () -> ()', '(func (export "_start"))', 0],
    ['run before main', '(func (export "main") unreachable) (func (export "run"))', 0],
  ];
  for (const [what, text, exitCode] of plain) {
    it(`are called by ${what}`, async () => {
      const { report } = await run(wat(`(module ${text})`));
      assert.equal(report.exitCode, exitCode);
    });
  }

  it('name what they export where nothing can be run', async () => {
    const { report } = await run(
      wat('(module (func (export "add") (param i32 f64) (result i64) (i64.const 1)))'),
    );
    assert.equal(report.error?.code, 'missing-run');
    assert.match(report.error.cause ?? '', /add: \(i32, f64\) -> i64/);
    assert.match(report.error.hint ?? '', /alloc: \(i32\) -> i32/);
  });

  const imports: [module: string, hint: RegExp][] = [
    ['env', /Link the library/],
    ['wasi_snapshot_preview1', /wasm32-wasip1/],
    ['__wbindgen_placeholder__', /cargo tree -i wasm-bindgen/],
  ];
  for (const [module, hint] of imports) {
    it(`are refused when they import from ${module}`, async () => {
      const { report } = await run(wat(`(module (import "${module}" "f" (func)) (func (export "run")))`));
      assert.equal(report.error?.code, 'missing-import');
      assert.match(report.error.message, new RegExp(`${module}::f`));
      assert.match(report.error.hint ?? '', hint);
    });
  }
});
