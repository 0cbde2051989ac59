import assert from 'node:assert/strict';
import type { Ending } from '../../../../src/executor/outcome/ending.ts';
import {
  workerView,
  workerViewOfLoadFailure,
  type WorkerFacts,
} from '../../../../src/executor/outcome/workerView.ts';
import { errorValue } from '../../../../src/shared/workbenchError.ts';

const facts: WorkerFacts = { format: 'p1', error: null, stderr: 'said\n', fuel: 42, maxInstructions: 1000 };
const trap = errorValue('trap', 'It trapped.', { cause: 'wasm trap: out of bounds memory access' });
const threw: Ending = { kind: 'threw', error: null };

describe('workerView', () => {
  it('bills a success its fuel', () => {
    const success = { success: true, message: null, billedFuel: 42, refundUsd: 0 };
    assert.deepEqual(workerView({ kind: 'returned', code: 0 }, facts), success);
    assert.deepEqual(workerView({ kind: 'returned', code: 0 }, { ...facts, format: 'p2' }), success);
  });

  it('takes exit(0) for a failure, and bills it nothing', () => {
    for (const format of ['p1', 'p2'] as const) {
      const view = workerView({ kind: 'exited', code: 0 }, { ...facts, format, stderr: '' });
      assert.equal(view.success, false);
      assert.equal(view.billedFuel, 0);
      assert.match(view.message ?? '', /Exited with i32 exit status 0$/);
    }
  });

  it('loses the stderr of preview 1', () => {
    const view = workerView({ kind: 'exited', code: 3 }, facts);
    assert.equal(view.message, 'WASM execution failed: Exited with i32 exit status 3');
  });

  it('refuses codes of 126 and more of preview 1', () => {
    assert.match(workerView({ kind: 'exited', code: 125 }, facts).message ?? '', /exit status 125$/);
    assert.match(workerView({ kind: 'exited', code: 126 }, facts).message ?? '', /outside of \[0\.\.126\)$/);
    assert.match(workerView({ kind: 'exited', code: -1 }, facts).message ?? '', /outside of \[0\.\.126\)$/);
  });

  it('shows the backtrace of preview 1 instead of the cause', () => {
    const frame = {
      function: 'app::main',
      file: null,
      line: null,
      column: null,
      module: 'app.wasm',
      offset: 0x1b,
    };
    const view = workerView(threw, { ...facts, error: { ...trap, backtrace: [frame] } });
    assert.equal(
      view.message,
      'WASM execution failed: error while executing at wasm backtrace:\n    0:   0x1b - app.wasm!app::main',
    );
  });

  it('tells the stderr of preview 2 first, then the trap', () => {
    const p2 = { ...facts, format: 'p2' as const, error: trap };
    assert.equal(workerView(threw, p2).message, 'said\nwasm trap: out of bounds memory access');
    assert.equal(workerView({ kind: 'returned', code: 1 }, { ...p2, error: null }).message, 'said');
    assert.match(
      workerView({ kind: 'returned', code: 1 }, { ...p2, stderr: '' }).message ?? '',
      /no error message/,
    );
  });

  it('bills a time-out the whole limit', () => {
    assert.deepEqual(workerView({ kind: 'timed out' }, facts), {
      success: false,
      message: 'WASM execution failed: wasm trap: interrupt',
      billedFuel: 1000,
      refundUsd: 0,
    });
  });

  it('knows no bare modules', () => {
    const view = workerView({ kind: 'returned', code: 0 }, { ...facts, format: 'unknown' });
    assert.equal(view.success, false);
    assert.match(view.message ?? '', /^Failed to load WASM binary/);
  });

  it('has a text for every failure to load', () => {
    const message = (...args: Parameters<typeof workerViewOfLoadFailure>) =>
      workerViewOfLoadFailure(...args).message;
    assert.equal(message('p2', 'not-a-component'), 'Not a valid WASI Preview 2 component');
    assert.equal(message('p1', 'not-a-module'), 'Not a valid WASI Preview 1 module');
    assert.equal(message('p1', 'invalid-wasm'), 'Not a valid WASI Preview 1 module');
    assert.equal(message('p1', 'missing-import'), 'Failed to instantiate WASI P1 module');
    assert.equal(message('p2', 'missing-run'), 'Failed to instantiate component');
    assert.match(message('p1', 'missing-start') ?? '', /^Failed to find _start function.*\[\[bin\]\]/);
    assert.match(message(null, 'unknown-format') ?? '', /^Failed to load WASM binary/);
  });
});
