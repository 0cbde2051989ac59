import assert from 'node:assert/strict';
import { withNextSteps } from '../../../../src/editor/run/nextSteps.ts';
import type { RunPlan } from '../../../../src/editor/run/plan.ts';
import { type ErrorValue, errorValue, type Frame } from '../../../../src/shared/workbenchError.ts';
import { runResult } from '../../runResult.ts';

const plan: RunPlan = {
  crateDir: '/app',
  runnable: { kind: 'bin', name: 'app', package: 'app' },
  target: null,
  input: { kind: 'none' },
};
const frame: Frame = { function: 'f', file: null, line: null, column: null, module: null, offset: 3 };
const located: Frame = { ...frame, file: 'src/main.rs', line: 3 };
const steps = (error: ErrorValue | null, change: Partial<RunPlan> = {}) =>
  withNextSteps(runResult({ error }), { ...plan, ...change }).error?.actions.map(({ kind }) => kind);

describe('The next steps of a failed run', () => {
  it('offer a profile of what ran too long, unless it was profiled', () => {
    const error = errorValue('out-of-fuel', 'Used up.', {
      actions: [{ kind: 'raise-limit', limit: 'maxInstructions' }],
    });
    assert.deepEqual(steps(error), ['raise-limit', 'profile']);
    assert.deepEqual(steps(errorValue('out-of-time', 'Too long.')), ['profile']);
    assert.deepEqual(steps(error, { profile: true }), ['raise-limit']);
  });

  it('offer lines where the build told none', () => {
    const trapped = (backtrace: Frame[]) => errorValue('trap', 'Trapped.', { backtrace });
    assert.deepEqual(steps(trapped([frame, frame])), ['line-tables']);
    assert.deepEqual(steps(trapped([located, frame])), ['line-tables'], 'a panic says one line itself');
    assert.deepEqual(steps(trapped([located, located])), []);
    assert.deepEqual(steps(trapped([frame, frame]), { lineTables: true }), []);
    assert.deepEqual(steps(trapped([])), []);
    assert.equal(steps(null), undefined);
  });
});
