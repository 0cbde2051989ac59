import assert from 'node:assert/strict';
import { outcomeOfFailure, outcomeOfRun } from '../../../../src/editor/panel/outcome.ts';
import { errorValue } from '../../../../src/shared/workbenchError.ts';
import { runResult, workerAnswer } from '../../runResult.ts';

const refused = workerAnswer({ success: false, message: 'WASM execution failed: exit 0', billedFuel: 0 });

describe('outcomeOfRun', () => {
  it('tells a success with its measures', () => {
    const { success, headline, error, measures } = outcomeOfRun(runResult(), 'wasi', '/app');
    assert.deepEqual([success, headline, error], [true, 'Succeeded', null]);
    assert.equal(measures!.formatTitle, 'WASI Preview 2 component');
    assert.equal(measures!.fuel, 24_318_904);
  });

  it('lets the profile choose whose view leads', () => {
    const run = runResult({ worker: refused });
    assert.equal(outcomeOfRun(run, 'wasi', '/app').success, true);
    const led = outcomeOfRun(run, 'outlayer', '/app');
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
    const outcome = outcomeOfRun(
      runResult({ success: false, exitCode: null, error, worker: refused }),
      'wasi',
      '/app',
    );
    assert.equal(outcome.headline, 'It ran out of fuel.');
    assert.deepEqual(outcome.error!.actions, ['Raise Limit…', 'Show Log']);
    assert.equal(outcome.error!.cause, 'wasm trap');
  });

  it('names places in the crate’s own code relative to it, and puts asking for an input first', () => {
    const frame = (file: string | null) =>
      ({ function: 'f', file, line: 1, column: 1, module: null, offset: null }) as const;
    const dependency = '/root/.cargo/registry/src/index-1949/serde_json-1.0.1/src/de.rs';
    const error = errorValue('panic', 'It had no input.', {
      actions: [{ kind: 'run-with-input' }],
      backtrace: ['src/main.rs', '/home/me/app/src/main.rs', dependency, null].map(frame),
    });
    const outcome = outcomeOfRun(runResult({ success: false, error }), 'wasi', '/home/me/app');
    const files = outcome.error!.backtrace.map(({ file }) => file);
    assert.deepEqual(files, ['src/main.rs', 'src/main.rs', dependency, null]);
    assert.deepEqual(outcome.error!.actions, ['Run with Input…']);
    assert.equal(outcome.error!.actFirst, true);
  });

  it('tells a build that failed without measures', () => {
    const outcome = outcomeOfFailure(errorValue('build-failed', 'It does not compile.'));
    assert.deepEqual(
      [outcome.success, outcome.headline, outcome.measures],
      [false, 'It does not compile.', null],
    );
  });

  it('says of what the compiler complains, and leads there', () => {
    const show = { kind: 'show-source', file: 'src/main.rs', line: 4, column: 9 } as const;
    const outcome = outcomeOfFailure(errorValue('build-failed', 'mismatched types.', { actions: [show] }));
    assert.equal(outcome.headline, 'Does not compile: mismatched types.');
    assert.deepEqual(outcome.error!.actions, ['main.rs:4']);
  });
});
