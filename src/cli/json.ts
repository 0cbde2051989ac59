import type { BuildResult } from '../compiler/buildRequest.ts';
import type { TapeReport } from '../cassette/taping.ts';
import { type FuelModel, defaultFuelModel } from '../shared/fuelModel.ts';
import type { RunResult, WorkerView } from '../shared/runResult.ts';
import { decodeUtf8 } from '../shared/text.ts';
import type { ErrorValue } from '../shared/workbenchError.ts';

/** The object that `run --json` prints. Its keys are an interface: scripts rely on them. */
export function runJson(result: RunResult, taped: TapeReport | null = null): string {
  return line({
    format: result.format,
    target: result.target,
    success: result.success,
    output: decodeUtf8(result.output),
    outputBase64: Buffer.from(result.output).toString('base64'),
    stderr: decodeUtf8(result.stderr),
    exitCode: result.exitCode,
    fuel: result.fuel,
    fuelModel: result.fuelModel,
    peakMemoryBytes: result.peakMemoryBytes,
    wasmBytes: result.wasmBytes,
    loadMs: result.loadMs,
    runMs: result.runMs,
    worker: { ...result.worker },
    error: result.error && errorJson(result.error),
    // Only where they have something to say, so that the other objects stay as scripts know them.
    ...(result.measured === 'exact' ? {} : { measured: result.measured }),
    ...(result.network.length === 0 ? {} : { network: result.network }),
    ...(taped && { tape: { ...taped } }),
  });
}

/** Nothing ran, so the worker would not answer either. */
const noAnswer: WorkerView = {
  success: false,
  message: null,
  billedFuel: 0,
  refundUsd: 0,
  responseFormat: 'text',
  warnings: [],
  price: { yoctoNear: '0', microUsd: 0 },
};

/** What a run is that never came about: the crate did not build, or the command line was wrong. */
export function nothingRan(error: ErrorValue, fuelModel: FuelModel = defaultFuelModel): RunResult {
  return {
    format: null,
    target: null,
    success: false,
    output: new Uint8Array(),
    stderr: new Uint8Array(),
    exitCode: null,
    fuel: 0,
    fuelModel,
    peakMemoryBytes: 0,
    measured: 'exact',
    wasmBytes: 0,
    loadMs: 0,
    runMs: 0,
    worker: noAnswer,
    network: [],
    recording: null,
    profile: null,
    error,
  };
}

/** The object that `build --json` prints. */
export function buildJson(built: BuildResult | null, error: ErrorValue | null): string {
  return line({
    success: error === null,
    artefact: built?.artefactPath ?? null,
    target: built?.target ?? null,
    cargoTarget: built?.cargoTarget ?? null,
    wasmBytes: built?.wasm.length ?? 0,
    buildMs: built?.buildMs ?? 0,
    notes: built?.notes ?? [],
    optimised: built?.optimised ?? null,
    error: error && errorJson(error),
  });
}

/** Without the actions: those are for buttons. */
export function errorJson({ code, message, cause, hint, backtrace }: ErrorValue) {
  return {
    code,
    message,
    cause,
    hint,
    backtrace: backtrace.map((frame) => ({
      function: frame.function,
      file: frame.file,
      line: frame.line,
      column: frame.column,
      module: frame.module,
      offset: frame.offset,
    })),
  };
}

export function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
