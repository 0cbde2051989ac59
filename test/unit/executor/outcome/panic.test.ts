import assert from 'node:assert/strict';
import { findPanic, isLibraryFile } from '../../../../src/executor/outcome/panic.ts';

describe('findPanic', () => {
  const note = 'note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n';

  it('reads the format since Rust 1.73', () => {
    assert.deepEqual(findPanic(`thread 'main' panicked at src/main.rs:2:5:\nboom\n${note}`), {
      message: 'boom',
      file: 'src/main.rs',
      line: 2,
      column: 5,
    });
  });

  it('reads the one with the number of the thread', () => {
    const panic = findPanic(
      `printed before\n\nthread 'main' (1) panicked at src/bin/a b.rs:10:25:\nindex\n${note}`,
    );
    assert.deepEqual(panic, { message: 'index', file: 'src/bin/a b.rs', line: 10, column: 25 });
  });

  it('reads the format before 1.73', () => {
    assert.deepEqual(findPanic(`thread 'main' panicked at 'it's, no', src/main.rs:2:5\n${note}`), {
      message: "it's, no",
      file: 'src/main.rs',
      line: 2,
      column: 5,
    });
  });

  it('keeps all lines of the message, in both', () => {
    assert.equal(
      findPanic(`thread 'main' panicked at src/main.rs:2:5:\none\ntwo\n${note}`)?.message,
      'one\ntwo',
    );
    assert.equal(
      findPanic(`thread 'main' panicked at 'one\ntwo', src/main.rs:2:5\n${note}`)?.message,
      'one\ntwo',
    );
  });

  it('takes the last of several', () => {
    const both = `thread 'a' panicked at src/a.rs:1:1:\nfirst\nthread 'b' panicked at src/b.rs:2:2:\nsecond\n`;
    assert.equal(findPanic(both)?.message, 'second');
  });

  it('reads a path of Windows, and its line ends', () => {
    const panic = findPanic("thread 'main' panicked at src\\main.rs:3:7:\r\nboom\r\n");
    assert.deepEqual(panic, { message: 'boom', file: 'src\\main.rs', line: 3, column: 7 });
    assert.equal(findPanic("thread 'main' panicked at C:\\a\\main.rs:3:7:\nboom\n")?.file, 'C:\\a\\main.rs');
  });

  it('finds none where there is none', () => {
    assert.equal(findPanic(''), null);
    assert.equal(findPanic('somebody panicked at nothing at all\n'), null);
  });

  it("knows the files of Rust's own library", () => {
    const hash = '59807616e1fb2d2fde6e8d4b6c1a4b1e12345678';
    assert.equal(isLibraryFile(`/rustc/${hash}/library/core/src/option.rs`), true);
    assert.equal(isLibraryFile('src/rustc/main.rs'), false);
  });
});
