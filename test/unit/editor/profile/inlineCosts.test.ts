import assert from 'node:assert/strict';
import { costsByFile, lineOfFunction, moveLines } from '../../../../src/editor/profile/inlineCosts.ts';
import type { Profile } from '../../../../src/shared/profile.ts';

const main = { name: 'main', file: 'src/main.rs', line: 1, calls: 1, self: 10, total: 55 };
const profile: Profile = {
  fuel: 100,
  fuelModel: 'wasmtime-28',
  uncounted: 0,
  functions: [main, { ...main, name: 'other', calls: 4, self: 5, total: 20 }, { ...main, line: null }],
  lines: [
    { file: 'src/main.rs', line: 3, self: 50, total: 50 },
    { file: 'src/main.rs', line: 4, self: 20, total: 20 },
    { file: 'src/main.rs', line: 5, self: 3, total: 3 },
    { file: 'src/other.rs', line: 3, self: 1, total: 1 },
  ],
  unattributed: 26,
  crates: [],
  stacks: [
    { frames: [0], self: 40, calls: 1 },
    { frames: [0, 1], self: 15, calls: 2 },
    { frames: [1], self: 5, calls: 2 },
    { frames: [2], self: 10, calls: 1 },
  ],
};

describe('What a file cost', () => {
  it('is told by its lines, the dearest of the file the hottest, and of the whole run', () => {
    const files = costsByFile(profile);
    assert.deepEqual([...files.keys()], ['src/main.rs', 'src/other.rs']);
    assert.deepEqual(files.get('src/main.rs')?.lines, [
      { line: 2, total: 50, share: 0.5, heat: 3 },
      { line: 3, total: 20, share: 0.2, heat: 2 },
      { line: 4, total: 3, share: 0.03, heat: 1 },
    ]);
    assert.equal(files.get('src/other.rs')?.lines[0]?.heat, 3);
  });

  it('is told by its functions, copies as one, and what is within another once', () => {
    assert.deepEqual(costsByFile(profile).get('src/main.rs')?.functions, [
      { line: 0, inlined: null, calls: 5, self: 15, total: 60, share: 0.6 },
    ]);
  });

  it('names a function that was only inlined, for its first line to be found', () => {
    const helper = { ...main, name: 'helper<u32>', line: 4, calls: 0, inlined: 5 };
    const { functions } = costsByFile({ ...profile, functions: [helper] }).get('src/main.rs')!;
    assert.deepEqual([functions[0]!.line, functions[0]!.inlined], [3, 'helper<u32>']);
    const lines = ['fn helper() {}', '', 'pub fn helper<T>(', '  a: T,', ') {}', 'fn helpers() {}'];
    assert.equal(lineOfFunction(lines, 3, 'helper<u32>'), 2);
    assert.equal(lineOfFunction(lines, 1, 'outer::helper'), 0);
    assert.equal(lineOfFunction(lines, 5, '{closure#0}<()>'), null);
  });
});

describe('Costs of lines while they are edited', () => {
  const costs = [{ line: 1 }, { line: 5 }, { line: 9 }];
  const moved = (start: number, end: number, inserted: number, atLineStart: boolean) =>
    moveLines(costs, { start, end, inserted, atLineStart }).map(({ line }) => line);

  it('stay at a change within a line', () => assert.deepEqual(moved(5, 5, 0, false), [1, 5, 9]));
  it('move down below new lines', () => assert.deepEqual(moved(3, 3, 2, false), [1, 7, 11]));
  it('move with a line that another is put before', () => assert.deepEqual(moved(5, 5, 1, true), [1, 6, 10]));
  it('stay where a line is put after', () => assert.deepEqual(moved(5, 5, 1, false), [1, 5, 10]));
  it('go with lines that are deleted', () => assert.deepEqual(moved(4, 7, 0, true), [1, 6]));
  it('go with lines that are joined to the one before', () =>
    assert.deepEqual(moved(4, 6, 0, false), [1, 7]));
});
