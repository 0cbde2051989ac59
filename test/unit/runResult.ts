import type { RunResult, WorkerView } from '../../src/shared/runResult.ts';

/** The worker's answer to it, with what a test changes of that. */
export function workerAnswer(change: Partial<WorkerView> = {}): WorkerView {
  return {
    success: true,
    message: null,
    billedFuel: 24_318_904,
    refundUsd: 0,
    responseFormat: 'text',
    warnings: [],
    price: { yoctoNear: '2502400000000000000000', microUsd: 1024.333904 },
    ...change,
  };
}

/** A component's run that succeeded, with what a test changes of it. */
export function runResult(change: Partial<RunResult> = {}): RunResult {
  return {
    format: 'p2',
    target: 'wasm32-wasip2',
    success: true,
    output: new Uint8Array(),
    stderr: new Uint8Array(),
    exitCode: 0,
    fuel: 24_318_904,
    fuelModel: 'wasmtime-28',
    peakMemoryBytes: 1_441_792,
    measured: 'exact',
    wasmBytes: 191_488,
    loadMs: 3.14159,
    runMs: 15.23,
    worker: workerAnswer(),
    network: [],
    recording: null,
    profile: null,
    error: null,
    ...change,
  };
}
