import assert from 'node:assert/strict';
import { workerEnvironment } from '../../../../../src/executor/host/worker/environment.ts';
import { defaultLimits } from '../../../../../src/shared/limits.ts';
import { localOutlayer, type OutlayerSettings, systemVariables } from '../../../../../src/shared/outlayer.ts';
import { WorkbenchError } from '../../../../../src/shared/workbenchError.ts';

const of = (change: OutlayerSettings = {}, given: [string, string][] = []) =>
  workerEnvironment(given, { ...localOutlayer, ...change }, defaultLimits);

describe('the environment of a run on the worker', () => {
  it('has what is given first, then every system variable but the project’s', () => {
    const names = of({}, [['API_KEY', 'x']]).map(([name]) => name);
    assert.deepEqual(names, ['API_KEY', ...systemVariables.filter((name) => !name.includes('PROJECT'))]);
  });

  it('tells who asks, and what for', () => {
    const values = new Map(of({ sender: 'bob.near', project: 'a.near/b', requestId: 7, attachedUsd: 5 }));
    const told = [
      ['NEAR_SENDER_ID', 'bob.near'],
      ['NEAR_USER_ACCOUNT_ID', 'bob.near'],
      ['NEAR_PREDECESSOR_ID', 'bob.near'],
      ['NEAR_REQUEST_ID', '7'],
      ['ATTACHED_USD', '5'],
      ['NEAR_MAX_INSTRUCTIONS', '1000000000'],
      ['NEAR_MAX_MEMORY_MB', '128'],
      ['NEAR_MAX_EXECUTION_SECONDS', '60'],
      ['OUTLAYER_EXECUTION_TYPE', 'NEAR'],
      ['OUTLAYER_PROJECT_ID', 'a.near/b'],
      ['OUTLAYER_PROJECT_OWNER', 'a.near'],
      ['OUTLAYER_PROJECT_NAME', 'b'],
    ] as const;
    for (const [name, value] of told) assert.equal(values.get(name), value, name);
    assert.match(values.get('OUTLAYER_PROJECT_UUID')!, /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    assert.equal(values.size, systemVariables.length);
  });

  it('leaves empty over HTTPS what only a chain knows', () => {
    const values = new Map(of({ executionType: 'HTTPS' }));
    assert.equal(values.get('NEAR_BLOCK_HEIGHT'), '');
    assert.equal(values.get('NEAR_REQUEST_ID'), '');
    assert.equal(values.get('NEAR_SENDER_ID'), localOutlayer.sender);
    assert.match(values.get('OUTLAYER_CALL_ID')!, /^[-\da-f]{36}$/);
  });

  it('takes other values where they are set', () => {
    assert.equal(new Map(of({ variables: { NEAR_BLOCK_HEIGHT: '9' } })).get('NEAR_BLOCK_HEIGHT'), '9');
  });

  it('is the same in every run', () => {
    assert.deepEqual(of({ project: 'a.near/b' }), of({ project: 'a.near/b' }));
  });

  it('refuses a name of the worker’s own', () => {
    for (const name of systemVariables) {
      assert.throws(
        () => of({}, [[name, 'x']]),
        (error) =>
          error instanceof WorkbenchError && error.value.code === 'usage' && error.message.includes(name),
      );
    }
  });
});
