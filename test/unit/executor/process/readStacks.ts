/** A thread that reads the main thread's stack when it is due, as the pump does. */
import { setTimeout } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { type SharedStack, StackReader } from '../../../../src/executor/process/stackWatch.ts';

const reader = new StackReader(workerData as SharedStack);
parentPort!.postMessage('ready');
for (;;) {
  reader.readIfDue();
  await setTimeout(1);
}
