import assert from 'node:assert/strict';
import { withStackOfProfile } from '../../../../src/executor/outcome/stackOfProfile.ts';
import type { Profile, ProfiledFunction } from '../../../../src/shared/profile.ts';
import { errorValue, type Frame } from '../../../../src/shared/workbenchError.ts';

const called = (name: string, line: number): ProfiledFunction => ({
  name,
  file: '/home/ada/app/src/main.rs',
  line,
  calls: 1,
  self: 1,
  total: 1,
});

const profile: Profile = {
  fuel: 900,
  fuelModel: 'wasmtime-28',
  uncounted: 100,
  functions: [called('app::main', 3), called('app::spin', 9)],
  lines: [],
  unattributed: 0,
  crates: [],
  stacks: [],
  ended: [0, 1],
};

describe('withStackOfProfile', () => {
  const late = errorValue('out-of-time', 'Too long.');

  it('has where the run was, innermost first', () => {
    const { backtrace } = withStackOfProfile(late, profile);
    assert.deepEqual(
      backtrace.map((frame) => [frame.function, frame.line]),
      [
        ['app::spin', 9],
        ['app::main', 3],
      ],
    );
  });

  it('leaves alone a stack that was read, and errors that are no time-out', () => {
    const frame: Frame = { function: 'f', file: null, line: null, column: null, module: null, offset: 7 };
    const read = errorValue('out-of-time', 'Too long.', { backtrace: [frame] });
    assert.equal(withStackOfProfile(read, profile), read);
    const panic = errorValue('panic', 'Panicked.');
    assert.equal(withStackOfProfile(panic, profile), panic);
    assert.equal(withStackOfProfile(late, null), late);
  });
});
