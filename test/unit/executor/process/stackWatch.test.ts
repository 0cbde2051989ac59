import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import {
  createSharedStack,
  type SharedStack,
  StackWatch,
} from '../../../../src/executor/process/stackWatch.ts';

describe('Where a program was when its time was up', () => {
  let shared: SharedStack;
  let thread: Worker;
  beforeEach(async () => {
    shared = createSharedStack();
    thread = new Worker(new URL('./readStacks.ts', import.meta.url), { workerData: shared });
    await once(thread, 'message');
  });
  afterEach(() => thread.terminate());

  /** Computes until its stack was read, which it is not where nobody waits for it that long. */
  function computes(): void {
    const times = new BigInt64Array(shared.times);
    const deadline = performance.now() + 20_000;
    while (Atomics.load(times, 1) === 0n && performance.now() < deadline);
  }

  it('is told however long its thread took to answer', () => {
    const watch = new StackWatch(shared);
    function isBusy(): void {
      // A system call, in which no thread answers.
      execFileSync(process.execPath, ['-e', 'setTimeout(() => undefined, 600)'], { stdio: 'ignore' });
      computes();
    }
    watch.begin(0.01);
    isBusy();
    assert.match(watch.end() ?? '', /\bisBusy\b/);
  });

  it('is told of that run alone', () => {
    const [first, second] = [new StackWatch(shared), new StackWatch(shared)];
    first.begin(0.01);
    computes();
    second.begin(1000);
    assert.equal(second.end(), null);
    assert.notEqual(first.end(), null);
  });
});
