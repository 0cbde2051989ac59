import type { RunRequest } from '../../shared/runRequest.ts';
import type { RunResult } from '../../shared/runResult.ts';
import { ByteCollector } from '../byteCollector.ts';
import type { Loaded, RunReport } from '../execute.ts';
import { outOfTime, stopped } from '../outcome/explain.ts';
import { workerAnswer } from '../outcome/workerAnswer.ts';
import type { ChildExit, ExecutorChild } from './executorChild.ts';
import type { ChildMessage } from './frames.ts';
import { crashed, lostRun } from './lostRun.ts';

/** Told while a run goes on. Bytes arrive in order and are the callee's to keep. */
export interface RunEvents {
  readonly onStdout?: (bytes: Uint8Array) => void;
  readonly onStderr?: (bytes: Uint8Array) => void;
  /** Units of fuel used so far: known where the program writes something, and told then, at most every 50 ms. */
  readonly onFuel?: (units: number) => void;
}

/** Milliseconds that a child has to answer a stop before it is killed. */
const stopGraceMs = 100;
/** Milliseconds past the time limit after which a child whose watchdog did not end the run is killed. */
const timeoutGraceMs = 1000;
/** Milliseconds that a child whose guest has ended may take to tell the result: a large profile takes a while. */
const longestReportMs = 10_000;
/** Milliseconds that loading may take: a large program compiles for seconds, a start function may not end. */
const longestLoadMs = 120_000;
/** `setTimeout` takes no more. */
const longestTimerMs = 2 ** 31 - 1;

export interface ConductedRun {
  readonly result: RunResult;
  /** False where the child had ended before the request reached it. */
  readonly accepted: boolean;
}

/** Has a child run one program, and sees to it that this ends: by its result, by its death, or by killing it. */
export async function conductRun(
  child: Pick<ExecutorChild, 'onMessage' | 'send' | 'interrupt' | 'kill' | 'exited'>,
  request: RunRequest,
  events: RunEvents,
  stop: AbortSignal,
): Promise<ConductedRun> {
  const output = new ByteCollector();
  const stderr = new ByteCollector();
  const seen = { accepted: false, loaded: null as Loaded | null, loadedAt: 0, timedOut: false };
  const report = Promise.withResolvers<RunReport>();

  const killAfter = (milliseconds: number) =>
    setTimeout(
      () => {
        seen.timedOut = !stop.aborted;
        child.kill();
      },
      Math.min(milliseconds, longestTimerMs),
    );
  let deadline = killAfter(longestLoadMs);
  const onStop = () => {
    clearTimeout(deadline);
    deadline = killAfter(stopGraceMs);
    child.interrupt();
  };
  child.onMessage = (message: ChildMessage) => {
    switch (message.kind) {
      case 'accepted':
        seen.accepted = true;
        break;
      case 'loaded':
        seen.loaded = message.loaded;
        seen.loadedAt = performance.now();
        if (stop.aborted) break;
        clearTimeout(deadline);
        deadline = killAfter(request.limits.maxExecutionSeconds * 1000 + timeoutGraceMs);
        break;
      case 'stdout':
        output.append(message.bytes);
        events.onStdout?.(message.bytes);
        break;
      case 'stderr':
        stderr.append(message.bytes);
        events.onStderr?.(message.bytes);
        break;
      case 'fuel':
        events.onFuel?.(message.units);
        break;
      case 'ended':
        clearTimeout(deadline);
        deadline = killAfter(longestReportMs);
        break;
      case 'result':
        report.resolve(message.report);
        break;
    }
  };

  if (stop.aborted) onStop();
  else stop.addEventListener('abort', onStop, { once: true });
  child.send(request);
  const end: RunReport | ChildExit = await Promise.race([report.promise, child.exited]);
  clearTimeout(deadline);
  stop.removeEventListener('abort', onStop);
  child.onMessage = null;

  const { accepted, loaded, loadedAt, timedOut } = seen;
  const streams = { output: output.bytes, stderr: stderr.bytes };
  if ('worker' in end) {
    const worker = workerAnswer(end.worker, { ...streams, fuel: end.fuel, runMs: end.runMs }, request);
    return { accepted, result: { ...end, ...streams, worker } };
  }
  const error = stop.aborted ? stopped() : timedOut ? outOfTime(request.limits) : crashed(end);
  const runMs = loaded === null ? 0 : performance.now() - loadedAt;
  return { accepted, result: lostRun(request, { error, loaded, runMs, ...streams }) };
}
