import assert from 'node:assert/strict';
import { readBacktrace } from '../../../../src/executor/outcome/backtrace.ts';
import { wat } from '../support.ts';

function thrownBy(text: string): unknown {
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(wat(text))));
    (exports['f'] as () => void)();
  } catch (error) {
    return error;
  }
  throw new Error('it did not trap');
}

const asTheyAre = ({ script, offset }: { script: string; offset: number }) => ({ module: script, offset });

describe('readBacktrace', () => {
  it('reads the frames of a module that has a name', () => {
    const text = '(module $my.app-1 (func $inner unreachable) (func $outer (export "f") call $inner))';
    const frames = readBacktrace(thrownBy(text), asTheyAre);
    assert.deepEqual(
      frames.map(({ function: name }) => name),
      ['inner', 'outer'],
    );
    assert.match(frames[0]?.module ?? '', /^my\.app-1-[0-9a-f]{8}$/);
    // `unreachable` is the byte 0x00 at that offset of the binary.
    assert.equal(wat(text)[frames[0]?.offset ?? 0], 0x00);
    assert.equal(wat(text)[frames[1]?.offset ?? 0], 0x10, 'the call');
  });

  it('undoes the mangling of names', () => {
    const frames = readBacktrace(
      thrownBy('(module (func $_RNvC3app4main (export "f") unreachable))'),
      asTheyAre,
    );
    assert.equal(frames[0]?.function, 'app::main');
  });

  it('numbers functions that have no name', () => {
    const frames = readBacktrace(
      thrownBy('(module (func (export "f") call 1) (func unreachable))'),
      asTheyAre,
    );
    assert.deepEqual(
      frames.map(({ function: name }) => name),
      ['wasm-function[1]', 'wasm-function[0]'],
    );
  });

  it('has none for what is no error, or was thrown outside', () => {
    assert.deepEqual(readBacktrace('text', asTheyAre), []);
    assert.deepEqual(readBacktrace(new Error('here'), asTheyAre), []);
  });
});
