import assert from 'node:assert/strict';
import { placeInOwnCode, withHottestLine } from '../../../../src/executor/outcome/hottestLine.ts';
import type { Profile } from '../../../../src/shared/profile.ts';
import { errorValue, type Frame } from '../../../../src/shared/workbenchError.ts';

const file = '/home/ada/app/src/main.rs';
const library = '/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/hint.rs';
const profile = (hottest: NonNullable<Profile['hottest']> | null): Profile => ({
  fuel: 900,
  fuelModel: 'wasmtime-28',
  uncounted: 100,
  functions: [],
  lines: [],
  unattributed: 0,
  crates: [],
  stacks: [],
  hottest,
});

describe('withHottestLine', () => {
  const raise = { kind: 'raise-limit', limit: 'maxInstructions' } as const;
  const error = errorValue('out-of-fuel', 'Used up.', { hint: 'Raise it.', actions: [raise] });

  it('names the line, its share, and the way to it', () => {
    const { hint, actions } = withHottestLine(error, profile({ file, line: 12, self: 870 }));
    assert.equal(
      hint,
      'Raise the limit, maxInstructions, or mend app/src/main.rs:12, where 87 % of the fuel went.',
    );
    assert.deepEqual(actions, [raise, { kind: 'open-source', file, line: 12 }]);
  });

  it('does so where time ran out', () => {
    const late = withHottestLine(
      errorValue('out-of-time', 'Too long.'),
      profile({ file, line: 12, self: 1000 }),
    );
    assert.match(late.hint ?? '', /^Raise the time limit, .* 100 %/);
  });

  it('leaves everything else as it is', () => {
    assert.equal(withHottestLine(error, null), error);
    assert.equal(withHottestLine(error, profile(null)), error);
    assert.equal(withHottestLine(error, profile({ file, line: 1, self: 1 })), error);
    const panic = errorValue('panic', 'Panicked.');
    assert.equal(withHottestLine(panic, profile({ file, line: 12, self: 870 })), panic);
  });
});

describe('placeInOwnCode', () => {
  it('is the innermost frame that is neither a library’s nor without a line', () => {
    const frame = (of: string | null, line: number | null): Frame => ({
      ...{ function: 'f', module: null, offset: 1, column: null },
      file: of,
      line,
    });
    const frames = [frame(null, null), frame(library, 491), frame(file, null), frame(file, 12)];
    assert.equal(placeInOwnCode(frames), 'app/src/main.rs:12');
    assert.equal(placeInOwnCode(frames.slice(0, 3)), null);
  });
});
