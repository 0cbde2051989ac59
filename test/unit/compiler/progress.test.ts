import assert from 'node:assert/strict';
import { isWaitingForLock, parseProgress } from '../../../src/compiler/progress.ts';

describe('parseProgress', () => {
  const cases: readonly (readonly [string, number, number, string | null])[] = [
    ['    Building [                             ] 0/1: demo(bin)                   ', 0, 1, 'demo'],
    ['    Building [=======>           ] 12/37: serde_json, regex-automata(build.rs)', 12, 37, 'serde_json'],
    ['    Building [==================>] 36/37', 36, 37, null],
  ];
  for (const [line, done, total, crate] of cases) {
    it(`reads ${done} of ${total}${crate === null ? '' : `, ${crate}`}`, () => {
      assert.deepEqual(parseProgress(line), { done, total, crate, waiting: false });
    });
  }

  it('leaves the lines that people read', () => {
    for (const line of [
      '   Compiling demo v0.1.0 (/home/a/Building [=> ])',
      '    Finished `release` profile [optimized] target(s) in 0.27s',
      'error: could not compile `demo` (bin "demo") due to 1 previous error',
    ]) {
      assert.equal(parseProgress(line), null, line);
    }
  });

  it('knows when cargo waits for a lock', () => {
    assert.ok(isWaitingForLock('    Blocking waiting for file lock on build directory'));
    assert.ok(!isWaitingForLock('   Compiling blocking v1.0.0'));
  });
});
