import type { RunResult } from '../../src/shared/runResult.ts';

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
    worker: { success: true, message: null, billedFuel: 24_318_904 },
    network: [],
    recording: null,
    profile: null,
    error: null,
    ...change,
  };
}
