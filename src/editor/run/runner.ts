import type * as vscode from 'vscode';
import type { RunEvents } from '../../executor/process/service.ts';
import type { RunResult } from '../../shared/runResult.ts';
import { asErrorValue, type ErrorValue } from '../../shared/workbenchError.ts';
import { runSettings } from '../configuration.ts';
import { outcomeOfFailure, outcomeOfRun } from '../panel/outcome.ts';
import type { PanelModel } from '../panel/panelModel.ts';
import type { Services } from '../services.ts';
import type { Builder } from './builder.ts';
import { describeInput, inputBytes, type RunPlan } from './plan.ts';

/** How a run that was asked for ended: with a result, or before there was one. */
export type Finished =
  | { readonly plan: RunPlan; readonly result: RunResult; readonly error: ErrorValue | null }
  | { readonly plan: RunPlan; readonly result: null; readonly error: ErrorValue };

/** Builds and runs one program at a time into the panel's model; a new run ends the one before it. */
export class Runner {
  readonly #services: Services;
  readonly #builder: Builder;
  readonly #model: PanelModel;
  readonly #log: vscode.LogOutputChannel;
  readonly #onBusy: (busy: boolean) => void;
  #current: { readonly stop: AbortController; readonly done: Promise<Finished> } | undefined;
  #last: Finished | undefined;

  constructor(
    services: Services,
    builder: Builder,
    model: PanelModel,
    log: vscode.LogOutputChannel,
    onBusy: (busy: boolean) => void,
  ) {
    this.#services = services;
    this.#builder = builder;
    this.#model = model;
    this.#log = log;
    this.#onBusy = onBusy;
  }

  /** Never rejects: what goes wrong is shown in the panel and is in the answer. */
  async run(plan: RunPlan): Promise<Finished> {
    const before = this.#current;
    before?.stop.abort();
    const stop = new AbortController();
    const done = (before?.done ?? Promise.resolve()).then(() => this.#buildAndRun(plan, stop.signal));
    const current = { stop, done };
    this.#current = current;
    this.#onBusy(true);
    const finished = await done;
    this.#last = finished;
    if (this.#current === current) {
      this.#current = undefined;
      this.#onBusy(false);
    }
    return finished;
  }

  stop(): void {
    this.#current?.stop.abort();
  }

  /** The last run that ended. */
  get last(): Finished | undefined {
    return this.#last;
  }

  dispose(): void {
    this.stop();
  }

  async #buildAndRun(plan: RunPlan, signal: AbortSignal): Promise<Finished> {
    const settings = runSettings(plan.crateDir);
    const { limits, fuelModel, buildProfile } = settings;
    const name = plan.runnable.name;
    this.#model.begin({
      program: name,
      target: plan.target ?? settings.target,
      buildProfile,
      profileKind: settings.profileKind,
      input: describeInput(plan.input),
      limits,
      fuelModel,
    });
    try {
      const input = await inputBytes(plan.input);
      const built = await this.#builder.build(
        plan,
        settings,
        { onProgress: (progress) => this.#model.building(progress) },
        signal,
      );
      const profileKind = (await this.#profileKind(plan, signal)) ?? settings.profileKind;
      this.#model.running({ buildMs: built.buildMs, notes: built.notes, profileKind });
      const options = { target: built.target, argv: [], preopens: [], seed: null, fuelModel };
      const request = { wasm: built.wasm, name, input, limits, env: [], options };
      const result = await (await this.#services.executor()).run(request, this.#streaming(), signal);
      this.#log.info(
        `${name}: ${result.error?.message ?? 'succeeded'}, fuel ${result.fuel} (${result.fuelModel})`,
      );
      this.#model.finish(outcomeOfRun(result, profileKind));
      return { plan, result, error: result.error };
    } catch (thrown) {
      const error = asErrorValue(thrown);
      this.#log.error(`${name}: ${error.message}${error.cause === null ? '' : `\n${error.cause}`}`);
      this.#model.finish(outcomeOfFailure(error));
      return { plan, result: null, error };
    }
  }

  async #profileKind({ crateDir }: RunPlan, signal: AbortSignal) {
    return (await (await this.#services.compiler()).crateMetadata(crateDir, signal)).profile;
  }

  #streaming(): RunEvents {
    return {
      onStdout: (bytes) => this.#model.write('output', bytes),
      onStderr: (bytes) => this.#model.write('stderr', bytes),
    };
  }
}
