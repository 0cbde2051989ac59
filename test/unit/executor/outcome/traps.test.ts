import assert from 'node:assert/strict';
import { trapWords } from '../../../../src/executor/outcome/traps.ts';
import { wat } from '../support.ts';

/** What V8 really says when the exported `f` is called, or when the module is instantiated. */
function v8Message(text: string): string {
  try {
    const { exports } = new WebAssembly.Instance(
      new WebAssembly.Module(Buffer.from(wat(`(module ${text})`))),
    );
    (exports['f'] as () => void)();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it did not trap');
}

const f = (body: string) => `(func $f (export "f") ${body})`;

describe('trapWords', () => {
  const traps: [what: string, text: string, words: string][] = [
    ['unreachable', f('unreachable'), 'wasm `unreachable` instruction executed'],
    ['a division by zero', f('(drop (i32.div_s (i32.const 1) (i32.const 0)))'), 'integer divide by zero'],
    ['a remainder by zero', f('(drop (i32.rem_u (i32.const 1) (i32.const 0)))'), 'integer divide by zero'],
    ['MIN / -1', f('(drop (i32.div_s (i32.const 0x80000000) (i32.const -1)))'), 'integer overflow'],
    [
      'a float that is no integer',
      f('(drop (i32.trunc_f32_s (f32.const nan)))'),
      'integer overflow or invalid conversion to integer',
    ],
    ['a load', `(memory 1) ${f('(drop (i32.load (i32.const 70000)))')}`, 'out of bounds memory access'],
    [
      'memory.fill',
      `(memory 1) ${f('(memory.fill (i32.const 70000) (i32.const 0) (i32.const 1))')}`,
      'out of bounds memory access',
    ],
    ['a data segment', '(memory 1) (data (i32.const 70000) "x")', 'out of bounds memory access'],
    [
      'an element segment',
      `(table 1 funcref) (elem (i32.const 5) $f) ${f('')}`,
      'undefined element: out of bounds table access',
    ],
    [
      'call_indirect',
      `(table 1 funcref) ${f('(call_indirect (i32.const 5))')}`,
      'undefined element: out of bounds table access',
    ],
    [
      'call_indirect of null',
      `(table 1 funcref) ${f('(call_indirect (i32.const 0))')}`,
      'uninitialized element or indirect call type mismatch',
    ],
    [
      'an unaligned atomic',
      `(memory 1 1 shared) ${f('(drop (i32.atomic.load (i32.const 1)))')}`,
      'unaligned atomic',
    ],
    ['endless recursion', f('(call $f)'), 'call stack exhausted'],
  ];
  for (const [what, text, words] of traps) {
    it(`says of ${what}: ${words}`, () => assert.equal(trapWords(v8Message(text)), words));
  }

  it("passes on the host's own words", () => {
    assert.equal(trapWords('realloc return: result not aligned'), 'realloc return: result not aligned');
  });
});
