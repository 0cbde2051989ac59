import { noOutlayer } from '../shared/outlayer.ts';
import type { RunRequest } from '../shared/runRequest.ts';
import type { RunResult, WorkerVerdict } from '../shared/runResult.ts';
import type { FormatName, Target } from '../shared/target.ts';
import { decodeUtf8 } from '../shared/text.ts';
import { ByteCollector } from './byteCollector.ts';
import { type Selection, selectFormat } from './detect.ts';
import type { CoreEngine, EngineOptions } from './engine/engine.ts';
import { formatOfTarget } from './formats.ts';
import { tellingFuel } from './fuelSoFar.ts';
import { createWorld } from './host/createWorld.ts';
import type { WorldWorker } from './host/world.ts';
import { readBacktrace } from './outcome/backtrace.ts';
import { type Ending, endingOf, exitCode } from './outcome/ending.ts';
import { explain, isStackExhausted } from './outcome/explain.ts';
import { withHottestLine } from './outcome/hottestLine.ts';
import { placeFinder } from './outcome/originalPlace.ts';
import { profileOf } from './outcome/profileOf.ts';
import { withStackOfProfile } from './outcome/stackOfProfile.ts';
import { workerView, workerViewOfLoadFailure } from './outcome/workerView.ts';
import type { StackWatch } from './process/stackWatch.ts';
import { runGuarded } from './watchdog.ts';

/**
 * A result without the streams, which went to the sinks while the program ran, and so without what the worker would
 * make of the output.
 */
export interface RunReport extends Omit<RunResult, 'output' | 'stderr' | 'worker'> {
  readonly worker: WorkerVerdict;
}

/** What {@link execute} is given by the process it runs in. */
export interface ExecuteHost {
  /** Both take bytes that stay valid during the call only. */
  readonly stdout: (bytes: Uint8Array) => void;
  readonly stderr: (bytes: Uint8Array) => void;
  /** The thread of a run's HTTP, `process/httpWorker`; without it there is no network. */
  readonly httpWorker?: URL;
  /** Where the worker's interfaces keep things between runs; without it those that do fail. */
  readonly dataFolder?: string;
  readonly createEngine: (options: EngineOptions) => CoreEngine;
  /** Learns where the guest is shortly before its time is up; without it a time-out has no backtrace. */
  readonly stackWatch?: Pick<StackWatch, 'begin' | 'end'>;
  /** Told just before the guest's first instruction. */
  readonly onLoaded?: (loaded: Loaded) => void;
  /** Told of the fuel used so far, in units, now and then when the guest writes something. */
  readonly onFuel?: (units: number) => void;
  /** Told when the guest has ended, before the report is made, which may take a while where there is a profile. */
  readonly onEnded?: () => void;
  /** Asked once after loading; true where the run was stopped meanwhile. */
  readonly stopRequested?: () => boolean;
}

export interface Loaded {
  readonly format: FormatName;
  readonly target: Target;
  readonly loadMs: number;
}

/**
 * Runs one program on this thread: picks its format, loads it, and runs it under a watchdog. What the program does
 * wrong is in the report; nothing is thrown.
 */
export async function execute(request: RunRequest, host: ExecuteHost): Promise<RunReport> {
  const { limits, options } = request;
  const engine = host.createEngine({
    fuelModel: options.fuelModel,
    limits,
    ...(options.profile ? { profile: 'code and calls' } : {}),
  });
  const stderr = new ByteCollector();
  const worker: WorldWorker = {
    options: options.outlayer ?? noOutlayer,
    dataFolder: host.dataFolder ?? null,
    refundUsd: 0,
  };
  const written = host.onFuel && tellingFuel(() => engine.fuelUsed(), host.onFuel);
  const sinks = {
    stdout(bytes: Uint8Array) {
      host.stdout(bytes);
      written?.();
    },
    stderr(bytes: Uint8Array) {
      stderr.append(bytes);
      host.stderr(bytes);
      written?.();
    },
  };
  const world = createWorld(request, host.httpWorker, worker, sinks);
  const start = performance.now();
  let selection: Selection | null = null;
  let loadMs: number | null = null;
  let runStart = start;
  let ending: Ending;
  try {
    selection = selectFormat(request.wasm, options.target);
    const load = await selection.format.loader();
    const env = await environmentOf(request);
    const guest = await load({ wasm: request.wasm, name: request.name, engine, world: { ...world, env } });
    loadMs = performance.now() - start;
    host.onLoaded?.({ format: selection.format.name, target: selection.target, loadMs });
    const run = () => {
      runStart = performance.now();
      host.stackWatch?.begin(limits.maxExecutionSeconds);
      return guest.run();
    };
    ending =
      host.stopRequested?.() === true ? { kind: 'stopped' } : runGuarded(run, limits.maxExecutionSeconds);
    guest.close?.();
  } catch (thrown) {
    ending = endingOf(thrown);
  }
  const end = performance.now();
  host.onEnded?.();
  const lastStack = host.stackWatch?.end() ?? null;

  const stderrText = decodeUtf8(stderr.bytes);
  const measured = isCutShort(ending) ? 'fuel-at-least' : 'exact';
  const counted = await profileOf(engine, options.fuelModel, measured, limits.maxInstructions);
  const profile = counted && { ...counted, hostCalls: world.hostCalls?.all ?? [] };
  const fuel = profile?.fuel ?? engine.fuelUsed();
  const error = explain(ending, {
    limits,
    outOfFuel: engine.outOfFuel,
    growthRefused: engine.growthRefused,
    triedSocket: world.tried?.socket ?? false,
    missedInput: request.input.length === 0 && world.stdin.asked,
    stderr: stderrText,
    isBare: selection?.format.name === 'unknown',
    backtrace: readBacktrace(stackOf(ending, lastStack), placeFinder(engine)),
  });
  const target = selection?.target ?? options.target;
  const format = target === null ? null : (formatOfTarget(target)?.name ?? null);
  return {
    format: selection?.format.name ?? null,
    target,
    success: error === null,
    exitCode: exitCode(ending),
    fuel,
    fuelModel: options.fuelModel,
    peakMemoryBytes: engine.peakMemoryBytes(),
    measured,
    wasmBytes: request.wasm.length,
    loadMs: loadMs ?? end - start,
    runMs: runStart === start ? 0 : end - runStart,
    worker:
      loadMs === null || format === null
        ? workerViewOfLoadFailure(format, error?.code ?? null)
        : workerView(ending, {
            format,
            error,
            stderr: stderrText,
            fuel,
            maxInstructions: limits.maxInstructions,
            refundUsd: worker.refundUsd,
          }),
    network: world.network?.attempts ?? [],
    recording: world.tape?.cassette() ?? null,
    profile,
    error: error && withHottestLine(withStackOfProfile(error, profile), profile),
  };
}

/** Whether the program was ended where it had not written back what it used: from outside, or by V8's own stack. */
function isCutShort(ending: Ending): boolean {
  if (ending.kind === 'threw') return isStackExhausted(ending.error);
  return ending.kind === 'timed out' || ending.kind === 'stopped';
}

/** V8's words for where the guest was at its end, as far as that is known; `last` is what was read before its time was up. */
function stackOf(ending: Ending, last: string | null): string | null {
  if (ending.kind === 'threw') return ending.error instanceof Error ? (ending.error.stack ?? null) : null;
  return ending.kind === 'timed out' ? (ending.stack ?? last) : null;
}

/** What is given, and in the worker's terms what it adds. */
async function environmentOf({ env, limits, options }: RunRequest): Promise<RunRequest['env']> {
  const { outlayer = noOutlayer } = options;
  if (!outlayer.provided) return env;
  const { workerEnvironment } = await import('./host/worker/environment.ts');
  return workerEnvironment(env, outlayer.run, limits);
}
