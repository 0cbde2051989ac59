import { readFile } from 'node:fs/promises';
import { formatOfTarget } from '../executor/formats.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import type { BuildEvents, BuildRequest, BuildResult } from './buildRequest.ts';
import { buildFailure } from './buildFailure.ts';
import { BuildQueue } from './buildQueue.ts';
import { mayBuildStd } from './buildStd.ts';
import { lineTablesEnvironment } from './lineTables.ts';
import { artefactOf, type CargoBuild, type CargoOutcome, runCargoBuild } from './cargoBuild.ts';
import type { ContentCache } from './contentCache.ts';
import { buildCancelled } from './errors.ts';
import { adapt, type Artefact, optimise, sizeNotes } from './finish.ts';
import { crateFolder, type Metadata, readMetadata } from './metadata.ts';
import { chooseRunnable } from './runnables.ts';
import { cargoTarget, type CargoTarget, checkTarget } from './targets.ts';
import { inspectRustc, type Rustc, targetNotInstalled } from './toolchain.ts';
import type { AskOptions, RustTools } from './rustTools.ts';
import type { WasmOpt } from './wasmOpt.ts';

/** All that is decided before cargo starts. */
interface Plan extends CargoBuild {
  readonly metadata: Metadata;
  readonly rustc: Rustc;
  readonly cargoTarget: CargoTarget;
  readonly tools: RustTools;
}

/** Takes a build through its steps: choose, wait for the folder, cargo, adapt, optimise. */
export class CrateBuilder {
  readonly #tools: () => RustTools;
  readonly #cache: ContentCache;
  readonly #wasmOpt: WasmOpt;
  readonly #log: (line: string) => void;
  readonly #queue = new BuildQueue();

  constructor(tools: () => RustTools, cache: ContentCache, wasmOpt: WasmOpt, log: (line: string) => void) {
    this.#tools = tools;
    this.#cache = cache;
    this.#wasmOpt = wasmOpt;
    this.#log = log;
  }

  async build(
    request: BuildRequest,
    events: BuildEvents,
    signal: AbortSignal | undefined,
  ): Promise<BuildResult> {
    const started = performance.now();
    const plan = await this.#plan(request, events, signal);
    const onWait = () => {
      events.onLine?.('Waiting for another build into the same target folder to end.');
      events.onProgress?.({ done: 0, total: null, crate: null, waiting: true });
    };
    const folder = plan.metadata.target_directory;
    const outcome = await this.#queue.run(folder, () => this.#cargo(plan, events, signal), onWait, signal);
    const { path, wasm, notes, optimised, unoptimised } = await this.#finish(plan, outcome, signal);
    return {
      artefactPath: path,
      wasm,
      runnable: plan.runnable,
      target: request.target,
      cargoTarget: plan.target,
      buildMs: performance.now() - started,
      diagnostics: outcome.diagnostics,
      notes: [...notes, ...sizeNotes(wasm)],
      optimised,
      unoptimised,
    };
  }

  async #toolsFor(request: BuildRequest, options: AskOptions): Promise<RustTools> {
    const tools = this.#tools().with(request.env);
    if (!request.lineTables) return tools;
    const version = await tools.ask('cargo', ['--version'], request.crateDir, options);
    return tools.with(await lineTablesEnvironment(request, tools.env, version));
  }

  async #plan(asked: BuildRequest, events: BuildEvents, signal: AbortSignal | undefined): Promise<Plan> {
    checkTarget(asked.target);
    const request = { ...asked, crateDir: await crateFolder(asked.crateDir) };
    const { crateDir } = request;
    const options = { signal, onLine: events.onLine };
    const tools = await this.#toolsFor(request, options);
    const metadata = await readMetadata(tools, crateDir, options);
    const rustc = await inspectRustc(tools, crateDir, options);
    const runnable = chooseRunnable(metadata, crateDir, request.runnable);
    const owner = metadata.packages.find((each) => each.manifest_path === runnable.manifestPath)!;
    const buildsStd = await mayBuildStd(request, tools.env);
    const target = cargoTarget(request.target, rustc, !buildsStd && (request.adapt ?? true));
    if (!target.installed && !buildsStd) {
      throw await targetNotInstalled(tools, rustc.sysroot, target.name, null);
    }
    return {
      request,
      runnable,
      package: owner,
      target: target.name,
      cargoTarget: target,
      metadata,
      rustc,
      tools,
    };
  }

  async #cargo(plan: Plan, events: BuildEvents, signal: AbortSignal | undefined): Promise<CargoOutcome> {
    const { tools, request, runnable, target, rustc } = plan;
    this.#log(`Building ${runnable.kind} ${runnable.name} for ${target} in ${request.crateDir}`);
    const outcome = await runCargoBuild(tools, plan, events, signal);
    const { exit } = outcome;
    this.#log(`cargo ${exit.ended}${exit.code === null ? '' : ` with code ${exit.code}`}`);
    if (exit.ended === 'exited' && exit.code === 0) return outcome;
    throw await buildFailure(tools, plan, rustc.sysroot, outcome);
  }

  async #finish(plan: Plan, outcome: CargoOutcome, signal: AbortSignal | undefined) {
    const path = artefactOf(outcome, plan);
    if (path === null) throw noArtefact(plan, outcome);
    let artefact: Artefact = { path, wasm: await readFile(path), notes: [] };
    if (plan.cargoTarget.adapt) artefact = await adapt(artefact, this.#cache);
    if (signal?.aborted) throw buildCancelled();
    if (!plan.request.optimise) return { ...artefact, optimised: null, unoptimised: null };
    const { name } = formatOfTarget(plan.request.target)!;
    const { report, ...optimised } = await optimise(artefact, name, this.#cache, this.#wasmOpt, signal);
    return { ...optimised, optimised: report, unoptimised: artefact.wasm };
  }
}

function noArtefact({ runnable }: Plan, { stderr }: CargoOutcome): WorkbenchError {
  return new WorkbenchError('build-failed', `cargo built, but named no .wasm file for ${runnable.name}.`, {
    cause: stderr || null,
    hint: 'Look for arguments or settings of cargo that make it build something else.',
  });
}
