import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { conductRun } from '../../../../src/executor/process/conductRun.ts';
import type { ChildExit } from '../../../../src/executor/process/executorChild.ts';
import type { ChildMessage } from '../../../../src/executor/process/frames.ts';
import { errorValue } from '../../../../src/shared/workbenchError.ts';
import { runResult, workerAnswer } from '../../runResult.ts';
import { requestFor } from '../support.ts';

/** A child that says what a test has it say. */
class ScriptedChild {
  onMessage: ((message: ChildMessage) => void) | null = null;
  readonly #exit = Promise.withResolvers<ChildExit>();
  readonly exited = this.#exit.promise;
  send = () => this.#say({ kind: 'accepted' }, { kind: 'loaded', loaded });
  interrupt: () => void;

  constructor(interrupted: (say: (message: ChildMessage) => void) => void) {
    this.interrupt = () => interrupted((message) => this.#say(message));
  }

  kill(): void {
    this.#exit.resolve({ how: 'signal SIGKILL', stderrTail: '' });
  }

  #say(...messages: ChildMessage[]): void {
    for (const message of messages) this.onMessage?.(message);
  }
}

const loaded = { format: 'p1', target: 'wasm32-wasip1', loadMs: 1 } as const;
const error = errorValue('stopped', 'The run was stopped.');
const report = runResult({ success: false, measured: 'fuel-at-least', fuel: 7, error });
/** Longer than a child has to end its guest. */
const longMs = 300;

async function stoppedRun(child: ScriptedChild) {
  const stop = new AbortController();
  const run = conductRun(child, requestFor(new Uint8Array()), {}, stop.signal);
  stop.abort();
  return (await run).result;
}

describe('A run that is stopped', () => {
  it('has the result that its child takes a while to make, once the guest has ended', async () => {
    const child = new ScriptedChild((say) => {
      say({ kind: 'ended' });
      void setTimeout(longMs).then(() => {
        say({ kind: 'result', report: { ...report, worker: workerAnswer({ success: false }) } });
      });
    });
    const { fuel, measured } = await stoppedRun(child);
    assert.deepEqual([fuel, measured], [7, 'fuel-at-least']);
  });

  it('is killed where the guest goes on', async () => {
    const child = new ScriptedChild(() => undefined);
    const { measured, error: told } = await stoppedRun(child);
    assert.deepEqual([measured, told?.code], ['lost', 'stopped']);
  });
});
