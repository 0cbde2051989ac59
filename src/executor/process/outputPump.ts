/**
 * The worker thread that carries frames from the ring to the pipe while the guest keeps the main thread busy, so that
 * what was printed before a hang or a crash of the process arrives. It also reads the guest's stack before its time is
 * up.
 */
import { writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import { frameHeader, frameKind } from './frames.ts';
import { RingReader, type SharedRing } from './ring.ts';
import { type SharedStack, StackReader } from './stackWatch.ts';

export interface PumpData {
  readonly ring: SharedRing;
  readonly stack: SharedStack;
  /** File descriptor of the pipe. */
  readonly pipe: number;
}

const pollMs = 5;
const beatMs = 1000;

const { ring, stack, pipe } = workerData as PumpData;
const reader = new RingReader(ring);
const stackReader = new StackReader(stack);
let lastWrite = performance.now();
/** Never notified: to wait on. */
const pause = new Int32Array(new SharedArrayBuffer(4));

for (;;) {
  // Read first: what was written before a run's end is then in the ring when it is drained.
  const { running } = reader;
  reader.drain(write);
  if (running && performance.now() - lastWrite > beatMs) write(frameHeader(frameKind.beat, 0));
  if (running) stackReader.readIfDue();
  // An answer is an event, which a thread that sleeps doesn't see.
  if (stackReader.reading !== null) await Promise.race([stackReader.reading, setTimeout(pollMs)]);
  else reader.sleep(pollMs, running);
}

function write(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(pipe, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') {
        Atomics.wait(pause, 0, 0, 1);
        continue;
      }
      // Nobody reads any more: the parent is gone, and the guest may never give the main thread back to notice.
      process.kill(process.pid, 'SIGKILL');
    }
  }
  lastWrite = performance.now();
}
