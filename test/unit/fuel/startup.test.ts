import assert from 'node:assert/strict';
import { meter } from '../../../src/fuel/meter.ts';
import { assemble } from './assemble.ts';
import { options } from './metered.ts';

/** Units that are checked, and those that are not, in turn: `1!` is checked. */
function startup(text: string, model: 'wasmtime-28' | 'wasmtime-current' = 'wasmtime-current'): string {
  const { startup: charges } = meter(assemble(text), { ...options, model });
  return charges.map(({ units, checked }) => `${units}${checked ? '!' : ''}`).join(' ');
}

describe('Fuel: instantiation', () => {
  it('costs nothing in wasmtime-28', () => {
    assert.equal(
      startup('(module (func $f) (start $f) (global funcref (ref.null func)))', 'wasmtime-28'),
      '',
    );
  });

  it('costs a unit where one memory has an image and another has none', () => {
    assert.equal(startup('(module (memory 1) (data (i32.const 9) "abc"))'), '');
    assert.equal(startup('(module (memory 1) (memory 1) (data (i32.const 9) "abc"))'), '1!');
    assert.equal(startup('(module (memory 1) (memory 1) (data (i32.const 9) "\\00"))'), '1!');
    assert.equal(startup('(module (memory 1) (memory 1) (data (i32.const 9) ""))'), '');
    assert.equal(startup('(module (memory 1) (memory 1))'), '');
  });

  it('forgets what it charged before it jumps over a prepared image', () => {
    const global = '(global funcref (ref.null func))';
    assert.equal(startup(`(module ${global})`), '1! 1');
    assert.equal(startup(`(module ${global} (memory 1) (data (i32.const 9) "abc"))`), '1!');
    assert.equal(startup(`(module ${global} (memory 1) (data (i32.const 9) ""))`), '1! 1');
    assert.equal(
      startup(`(module ${global} (memory 1) (data (i32.const 9) "abc") (func $f) (start $f))`),
      '1! 1',
    );
  });

  it('checks after each segment that it could not prepare', () => {
    const memory = '(import "h" "m" (memory 1))';
    assert.equal(
      startup(`(module ${memory} (data (i32.const 0) "ab") (data (i32.const 5) "c"))`),
      '1! 3! 2!',
    );
  });

  it('checks tables from 129 elements on', () => {
    const table = (count: number) =>
      `(module (import "h" "t" (table 200 funcref)) (func $f) (elem (i32.const 0) ${'$f '.repeat(count)}))`;
    assert.equal(startup(table(128)), '1! 129');
    assert.equal(startup(table(129)), '1! 130!');
  });
});
