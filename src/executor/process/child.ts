/**
 * The process that runs guests. Its main thread is the guest's: requests come by IPC, output and results go through
 * the ring to the pump's thread, and SIGINT stops a run.
 */
import { enableCompileCache } from 'node:module';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { RunRequest } from '../../shared/runRequest.ts';
import { encodeUtf8 } from '../../shared/text.ts';
import { createCoreEngine } from '../engine/createEngine.ts';
import { execute } from '../execute.ts';
import { type FrameKind, frameKind, framePipe } from './frames.ts';
import type { PumpData } from './outputPump.ts';
import { createRing, RingWriter } from './ring.ts';
import { createSharedStack, StackWatch } from './stackWatch.ts';

const [cacheDir = '', dataFolder = ''] = process.argv.slice(2);
enableCompileCache(join(cacheDir, 'node'));
/** As many frames of a guest's stack as a backtrace shows. */
Error.stackTraceLimit = 50;

const ring = createRing();
const output = new RingWriter(ring);
const stack = createSharedStack();
const pumpData: PumpData = { ring, stack, pipe: framePipe };
// Bundled beside this file, or its source beside this source.
const thread = (name: string): URL => new URL(`./${name}${extname(import.meta.url)}`, import.meta.url);
const pump = new Worker(thread('outputPump'), {
  workerData: pumpData,
});
pump.unref();

let stopRequested = false;
// Outside a guest, where the watchdog takes the signal; without a handler it would end the process.
process.on('SIGINT', () => {
  stopRequested = true;
});
process.on('disconnect', () => process.exit());
process.on('message', (request: RunRequest) => {
  void run(request);
});

async function run(request: RunRequest): Promise<void> {
  stopRequested = false;
  output.begin();
  send(frameKind.accepted, null);
  const report = await execute(request, {
    stdout: (bytes) => output.write(frameKind.stdout, bytes),
    stderr: (bytes) => output.write(frameKind.stderr, bytes),
    httpWorker: thread('httpWorker'),
    ...(dataFolder === '' ? {} : { dataFolder }),
    createEngine: createCoreEngine,
    stackWatch: new StackWatch(stack),
    onLoaded: (loaded) => send(frameKind.loaded, loaded),
    onEnded: () => send(frameKind.ended, null),
    onFuel: (units) => send(frameKind.fuel, units),
    stopRequested: () => stopRequested,
  });
  send(frameKind.result, report);
  output.end();
}

function send(kind: FrameKind, value: unknown): void {
  output.write(kind, encodeUtf8(JSON.stringify(value)), frameKind.part);
}
