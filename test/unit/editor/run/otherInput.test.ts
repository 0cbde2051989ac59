import assert from 'node:assert/strict';
import { otherInput } from '../../../../src/editor/run/otherInput.ts';
import type { PlannedInput, RunPlan } from '../../../../src/editor/run/plan.ts';

const plan = (input: PlannedInput, name = 'app'): RunPlan => ({
  crateDir: '/app',
  runnable: { kind: 'bin', name, package: 'app' },
  target: null,
  input,
});
const typed = { kind: 'text', text: 'Ada' } as const;
const saved = { kind: 'case', name: 'two' } as const;

describe('Run', () => {
  it('says that it takes a case where the run before had an input that was typed or a file', () => {
    assert.match(
      otherInput(plan(typed), plan(saved))!,
      /the case “two”; the run before had 3 bytes of text, and the list of runs can repeat it/,
    );
    assert.match(otherInput(plan({ kind: 'file', path: '/in/put.bin' }), plan(saved))!, /had put\.bin/);
  });

  it('says nothing of what nobody would miss', () => {
    for (const [last, now] of [
      [undefined, plan(saved)],
      [plan(saved), plan({ kind: 'case', name: 'one' })],
      [plan({ kind: 'none' }), plan(saved)],
      [plan(typed), plan({ kind: 'none' })],
      [plan(typed, 'other'), plan(saved)],
    ] as const) {
      assert.equal(otherInput(last, now), null);
    }
  });
});
