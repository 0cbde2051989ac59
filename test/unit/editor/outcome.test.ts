import assert from 'node:assert/strict';
import { outcomeOfFailure, outcomeOfRun } from '../../../src/editor/panel/outcome.ts';
import type { RunResult } from '../../../src/shared/runResult.ts';
import { errorValue } from '../../../src/shared/workbenchError.ts';

function result(change: Partial<RunResult> = {}): RunResult {
  return {
    format: 'p2',
    target: 'wasm32-wasip2',
    success: true,
    output: new Uint8Array(),
    stderr: new Uint8Array(),
    exitCode: 0,
    fuel: 123,
    fuelModel: 'wasmtime-28',
    peakMemoryBytes: 65_536,
    wasmBytes: 1000,
    loadMs: 1,
    runMs: 2,
    worker: { success: true, message: null, billedFuel: 123 },
    profile: null,
    error: null,
    ...change,
  };
}

const refused = { success: false, message: 'WASM execution failed: exit 0', billedFuel: 0 };

describe('outcomeOfRun', () => {
  it('tells a success with its measures', () => {
    const { success, headline, error, measures } = outcomeOfRun(result(), 'wasi');
    assert.deepEqual([success, headline, error], [true, 'Succeeded', null]);
    assert.equal(measures!.formatTitle, 'WASI Preview 2 component');
    assert.equal(measures!.fuel, 123);
  });

  it('lets the profile choose whose view leads', () => {
    const run = result({ worker: refused });
    assert.equal(outcomeOfRun(run, 'wasi').success, true);
    const led = outcomeOfRun(run, 'outlayer');
    assert.equal(led.success, false);
    assert.match(led.headline, /WASM execution failed: exit 0/);
    assert.equal(led.measures!.success, true);
  });

  it("leads with an error's own words and names its buttons", () => {
    const error = errorValue('out-of-fuel', 'It ran out of fuel.', {
      cause: 'wasm trap',
      hint: 'Raise the limit.',
      actions: [{ kind: 'raise-limit', limit: 'maxInstructions' }, { kind: 'show-log' }],
    });
    const outcome = outcomeOfRun(result({ success: false, exitCode: null, error, worker: refused }), 'wasi');
    assert.equal(outcome.headline, 'It ran out of fuel.');
    assert.deepEqual(outcome.error!.actions, ['Raise Limit…', 'Show Log']);
    assert.equal(outcome.error!.cause, 'wasm trap');
  });

  it('tells a build that failed without measures', () => {
    const outcome = outcomeOfFailure(errorValue('build-failed', 'It does not compile.'));
    assert.deepEqual(
      [outcome.success, outcome.headline, outcome.measures],
      [false, 'It does not compile.', null],
    );
  });
});
