import assert from 'node:assert/strict';
import { meter } from '../../../src/fuel/meter.ts';
import { WorkbenchError } from '../../../src/shared/workbenchError.ts';
import { assemble } from './assemble.ts';
import { options } from './metered.ts';

const preamble = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const section = (id: number, ...contents: number[]) => [id, contents.length, ...contents];
const withBody = (...code: number[]) =>
  Uint8Array.from([
    ...preamble,
    ...section(1, 1, 0x60, 0, 0),
    ...section(3, 1, 0),
    ...section(10, 1, code.length + 2, 0, ...code, 0x0b),
  ]);

function refusal(bytes: Uint8Array): string {
  try {
    meter(bytes, options);
  } catch (error) {
    if (error instanceof WorkbenchError && error.value.code === 'unsupported-proposal') return error.message;
    throw error;
  }
  throw new Error('it was metered');
}

const globals = '(module (global i32 (i32.const 1)) (global (export "g") i32 (global.get 0)))';

describe('Fuel: proposals that no model describes', () => {
  const cases: readonly (readonly [proposal: string, what: string, bytes: Uint8Array])[] = [
    ['threads', 'a shared memory', assemble('(module (memory 1 1 shared))')],
    ['threads', 'an atomic operator', withBody(0xfe, 0x03, 0x00)],
    ['memory64', 'a 64-bit memory', assemble('(module (memory i64 1))')],
    [
      'exception-handling',
      'a tag section',
      Uint8Array.from([...preamble, ...section(1, 1, 0x60, 0, 0), ...section(13, 1, 0, 0)]),
    ],
    ['exception-handling', 'try_table', withBody(0x1f, 0x40, 0, 0x0b)],
    ['exception-handling', 'the older try', withBody(0x06, 0x40, 0x0b)],
    ['gc', 'a struct type', Uint8Array.from([...preamble, ...section(1, 1, 0x5f, 0)])],
    ['gc', 'a struct operator', withBody(0xfb, 0x01, 0)],
    ['function-references', 'call_ref', withBody(0x14, 0)],
    [
      'function-references',
      'a typed reference',
      Uint8Array.from([...preamble, ...section(1, 1, 0x60, 1, 0x64, 0, 0)]),
    ],
    ['custom-page-sizes', 'a page size', Uint8Array.from([...preamble, ...section(5, 1, 8, 1, 0)])],
    ['wide-arithmetic', 'i64.add128', withBody(0xfc, 19)],
    ['threads', 'a shared table', Uint8Array.from([...preamble, ...section(4, 1, 0x70, 3, 1, 1)])],
    ['memory64', 'a 64-bit table', Uint8Array.from([...preamble, ...section(4, 1, 0x70, 4, 1)])],
    [
      'exception-handling',
      'a tag import',
      Uint8Array.from([
        ...preamble,
        ...section(1, 1, 0x60, 0, 0),
        ...section(2, 1, 1, 0x61, 1, 0x62, 4, 0, 0),
      ]),
    ],
    ['exception-handling', 'an exnref', Uint8Array.from([...preamble, ...section(1, 1, 0x60, 1, 0x69, 0)])],
    ['gc', 'an anyref', Uint8Array.from([...preamble, ...section(1, 1, 0x60, 1, 0x6e, 0)])],
    ['gc', 'ref.eq', withBody(0xd3)],
    ['gc', 'a global that a global reads', assemble(globals)],
    [
      'gc',
      'a global that a segment reads',
      assemble('(module (memory 1) (global i32 (i32.const 1)) (data (global.get 0) "x"))'),
    ],
    [
      'function-references',
      'a table initialiser',
      Uint8Array.from([...preamble, ...section(4, 1, 0x40, 0, 0x70, 0, 1, 0xd0, 0x70, 0x0b)]),
    ],
    ['stack-switching', 'a continuation type', Uint8Array.from([...preamble, ...section(1, 1, 0x5d, 0)])],
    ['stack-switching', 'cont.new', withBody(0xe0, 0)],
  ];
  for (const [proposal, what, bytes] of cases) {
    it(`refuses ${what} and names ${proposal}`, () => {
      assert.ok(refusal(bytes).includes(`"${proposal}"`), refusal(bytes));
    });
  }

  it('lets constants read globals of the module where wasmtime does', () => {
    const { bytes } = meter(assemble(globals), { ...options, model: 'wasmtime-current' });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    assert.equal((exports['g'] as WebAssembly.Global<'i32'>).value, 1);
  });
});
