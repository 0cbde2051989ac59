import assert from 'node:assert/strict';
import { fuelChange } from '../../../../src/editor/history/fuelChange.ts';
import { record } from './records.ts';

describe('fuelChange', () => {
  const now = record({ id: 'now', fuel: 900 });
  const reason = (...[of, earlier]: Parameters<typeof fuelChange>) => {
    const change = fuelChange(of, earlier);
    return change.kind === 'incomparable' ? change.reason : change.kind;
  };

  it('holds a run against the latest that it can be compared with', () => {
    const earlier = [
      record({ id: 'other-input' }, { input: 'other' }),
      record({ id: 'failed', success: false }),
      record({ id: 'lost', measured: 'fuel-at-least' }),
      record({ id: 'same', fuel: 1200 }),
      record({ id: 'older', fuel: 5 }),
    ];
    assert.deepEqual(fuelChange(now, earlier), { kind: 'changed', since: 'same', before: 1200 });
  });

  it('says that a run is the first of its program', () => {
    assert.equal(reason(now, []), 'first');
    assert.equal(reason(now, [record({}, { program: 'other' }), record({}, { crateDir: '/else' })]), 'first');
  });

  it('says what sets the last run apart', () => {
    assert.equal(
      reason(now, [record({}, { target: 'wasm32-wasip1' })]),
      'The last run was for wasm32-wasip1',
    );
    assert.equal(
      reason(now, [record({}, { fuelModel: 'wasmtime-current' })]),
      'The last run was counted as wasmtime-current',
    );
    assert.equal(reason(now, [record({}, { input: 'other' })]), 'Other input than in the last run');
    assert.equal(reason(now, [record({ success: false })]), 'The last run did not succeed');
  });

  it('takes inputs that could not be read for different', () => {
    const unread = record({}, { input: null });
    assert.equal(reason(unread, [unread]), 'Other input than in the last run');
  });

  it('does not compare a run that failed, or whose fuel is a lower bound', () => {
    assert.equal(reason(record({ success: false }), [now]), 'Not compared, as it failed');
    assert.equal(reason(record({ measured: 'fuel-at-least' }), [now]), 'Fuel is not known exactly');
  });
});
