import type { RunRequest } from '../../shared/runRequest.ts';
import type { RunResult } from '../../shared/runResult.ts';
import { decodeUtf8 } from '../../shared/text.ts';
import { type ErrorValue, errorValue } from '../../shared/workbenchError.ts';
import type { Loaded } from '../execute.ts';
import { workerAnswer } from '../outcome/workerAnswer.ts';
import { workerView, workerViewOfLoadFailure } from '../outcome/workerView.ts';
import type { ChildExit } from './executorChild.ts';

/** What the parent knows of a run whose result it will never get. */
export interface LostRun {
  readonly error: ErrorValue;
  /** Null where the program had not begun. */
  readonly loaded?: Loaded | null;
  readonly output?: Uint8Array;
  readonly stderr?: Uint8Array;
  readonly runMs?: number;
}

/** The result of such a run. Once it had begun, its fuel and peak memory went with the process. */
export function lostRun(request: RunRequest, lost: LostRun): RunResult {
  const { error, loaded = null, output = new Uint8Array(0), stderr = new Uint8Array(0), runMs = 0 } = lost;
  const timedOut = error.code === 'out-of-time';
  const verdict =
    loaded === null
      ? workerViewOfLoadFailure(null, error.code)
      : workerView(timedOut ? { kind: 'timed out' } : { kind: 'stopped' }, {
          format: loaded.format,
          error,
          stderr: decodeUtf8(stderr),
          fuel: 0,
          maxInstructions: request.limits.maxInstructions,
        });
  return {
    format: loaded?.format ?? null,
    target: loaded?.target ?? request.options.target,
    success: false,
    output,
    stderr,
    exitCode: null,
    fuel: 0,
    fuelModel: request.options.fuelModel,
    peakMemoryBytes: 0,
    measured: loaded === null ? 'exact' : 'lost',
    wasmBytes: request.wasm.length,
    loadMs: loaded?.loadMs ?? 0,
    runMs,
    worker: workerAnswer(verdict, { output, fuel: 0, runMs }, request),
    network: [],
    recording: null,
    profile: null,
    error,
  };
}

/** The error of a run whose process ended by itself; its own last words say whether memory ran out. */
export function crashed({ how, stderrTail }: ChildExit): ErrorValue {
  const outOfMemory = /out of memory/i.test(stderrTail);
  return errorValue(
    'executor-crashed',
    `The process that runs programs ended before the program did (${how}).`,
    {
      cause: stderrTail === '' ? how : stderrTail,
      hint: outOfMemory
        ? 'It ran out of memory of its own: have the program hand less to the host at once. The output so far was kept.'
        : 'Run the program again; if it happens each time, please report it with the text of the log. The output so far was kept.',
      actions: [{ kind: 'show-log' }],
    },
  );
}
