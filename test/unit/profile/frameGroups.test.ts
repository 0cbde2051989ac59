import assert from 'node:assert/strict';
import { describeFolded, frameGroups } from '../../../src/profile/frameGroups.ts';
import type { Frame } from '../../../src/shared/workbenchError.ts';

const std = '/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/rt.rs';
const regex = '/root/.cargo/registry/src/index-1949/regex-1.2.3/src/lib.rs';

function frame(name: string, file: string | null = null): Frame {
  return { function: name, file, line: null, column: null, module: null, offset: null };
}

const shape = (frames: readonly Frame[]) =>
  frameGroups(frames).map(({ own, frames: of }) => [own, of.map(({ index }) => index)]);

describe('The frames of a failure', () => {
  it("are folded where they are others', by file or else by name", () => {
    const frames = [
      frame('app::parse', 'src/main.rs'),
      frame('a', std),
      frame('b', regex),
      frame('main', 'src/main.rs'),
    ];
    assert.deepEqual(shape([...frames, frame('std::rt::lang_start'), frame('_start')]), [
      [true, [0]],
      [false, [1, 2]],
      [true, [3]],
      [false, [4, 5]],
    ]);
    assert.equal(describeFolded(frameGroups(frames)[1]!), '2 frames of Rust’s library, regex');
  });

  it('stay in sight where a fold would hide one alone, or all', () => {
    assert.deepEqual(shape([frame('app::a'), frame('core::x'), frame('app::b')]), [
      [true, [0]],
      [true, [1]],
      [true, [2]],
    ]);
    assert.deepEqual(shape([frame('core::x'), frame('std::y')]), [[true, [0, 1]]]);
  });
});
