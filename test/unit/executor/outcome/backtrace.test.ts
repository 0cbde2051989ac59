import assert from 'node:assert/strict';
import { fromFirstUserFrame, readBacktrace } from '../../../../src/executor/outcome/backtrace.ts';
import { wat } from '../support.ts';

/** The stack of what a module's `f` throws. */
function thrownBy(text: string): string {
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(wat(text))));
    (exports['f'] as () => void)();
  } catch (error) {
    return (error as Error).stack!;
  }
  throw new Error('it did not trap');
}

const asTheyAre = ({ script, offset }: { script: string; offset: number }) => ({
  module: script,
  offset,
  source: [],
});

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

  it('has none where there is no stack, or none of a guest', () => {
    assert.deepEqual(readBacktrace(null, asTheyAre), []);
    assert.deepEqual(readBacktrace(new Error('here').stack!, asTheyAre), []);
  });

  it('has no file for a function whose code is of no line: it would be that of other code', () => {
    const thrown = thrownBy('(module (func $main (export "f") unreachable))');
    const place = { file: '/rustc/0123abc/library/core/src/result.rs', line: 0, column: 23 };
    const source = [{ function: null, place }];
    const [frame] = readBacktrace(thrown, () => ({ module: 'app', offset: 7, source }));
    assert.deepEqual(frame, {
      function: 'main',
      file: null,
      line: null,
      column: null,
      module: 'app',
      offset: 7,
    });
  });

  it('has the frames that are inlined at a place, each with its source', () => {
    const thrown = thrownBy('(module (func $outer (export "f") unreachable))');
    const source = [
      { function: '_RNvC3app6helper', place: { file: '/app/src/helper.rs', line: 7, column: 3 } },
      { function: 'outer_by_another_name', place: { file: '/app/src/main.rs', line: 0, column: 0 } },
    ];
    const frames = readBacktrace(thrown, ({ offset }) => ({ module: 'app', offset, source }));
    assert.deepEqual(
      frames.map(({ function: name, file, line, column }) => [name, file, line, column]),
      [
        ['app::helper', '/app/src/helper.rs', 7, 3],
        ['outer', '/app/src/main.rs', null, null],
      ],
    );
  });
});

describe('fromFirstUserFrame', () => {
  it("takes what stands in the library's files for the library's, whatever it is called", () => {
    const frame = (name: string, file: string | null) => {
      return { function: name, file, line: null, column: null, module: null, offset: null };
    };
    const inlined = frame('unwrap<i32>', '/rustc/0123456789abcdef/library/core/src/option.rs');
    const own = frame('app::main', '/app/src/main.rs');
    assert.deepEqual(fromFirstUserFrame([frame('core::panicking::panic', null), inlined, own]), [own]);
  });
});
