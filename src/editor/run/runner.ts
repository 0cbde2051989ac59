import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import { caseRequest } from '../../cases/caseRunner.ts';
import { concludeTaping } from '../../cassette/taping.ts';
import type { RunEvents } from '../../executor/process/conductRun.ts';
import type { PanelOutcome, PanelRun } from '../../shared/panelRun.ts';
import type { RunResult } from '../../shared/runResult.ts';
import { asErrorValue, type ErrorValue } from '../../shared/workbenchError.ts';
import type { SavedCases } from '../cases/savedCases.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { runSettings } from '../configuration.ts';
import { outcomeOfFailure, outcomeOfRun } from '../panel/outcome.ts';
import { type Outcomes, runOutcome } from '../languageServer/outcomes.ts';
import type { PanelModel } from '../panel/panelModel.ts';
import type { Profiles } from '../profile/profiles.ts';
import type { Services } from '../services.ts';
import { readWasmProgram } from '../wasmFile/wasmProgram.ts';
import type { ProgramBuilder } from './programBuilder.ts';
import { describeInput, type RunPlan } from './plan.ts';
import { prepareRun, type PreparedRun } from './prepareRun.ts';
import { withNextSteps } from './nextSteps.ts';
import type { TapeChoice } from './tapeChoice.ts';

/** How a run that was asked for ended: with a result, or before there was one. */
export type Finished = {
  readonly plan: RunPlan;
  /** As the panel shows it. */
  readonly run: PanelRun;
  /** Null where what the plan names could not be read. */
  readonly prepared: PreparedRun | null;
  /** In the view that leads. */
  readonly outcome: PanelOutcome;
} & (
  | { readonly result: RunResult; readonly error: ErrorValue | null }
  | { readonly result: null; readonly error: ErrorValue }
);

/** What a runner works with. */
export interface RunnerParts {
  readonly services: Services;
  readonly builder: ProgramBuilder;
  readonly cases: SavedCases;
  readonly secrets: Secrets;
  readonly tape: Pick<TapeChoice, 'asked'>;
  readonly model: PanelModel;
  readonly outcomes: Outcomes;
  readonly profiles: Profiles;
  readonly log: vscode.LogOutputChannel;
  readonly onBusy: (busy: boolean) => void;
  readonly onFinished: (finished: Finished) => void;
}

/** Builds and runs one program at a time into the panel's model; a new run ends the one before it. */
export class Runner {
  readonly #parts: RunnerParts;
  #current: { readonly stop: AbortController; readonly done: Promise<Finished> } | undefined;
  #last: Finished | undefined;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  /**
   * Never rejects: what goes wrong is shown in the panel and is in the answer.
   *
   * @param note one more sentence that a person should read
   * @param onBuilt told once the program is about to run
   */
  async run(plan: RunPlan, note: string | null = null, onBuilt?: () => void): Promise<Finished> {
    const before = this.#current;
    before?.stop.abort();
    const stop = new AbortController();
    const done = (before?.done ?? Promise.resolve()).then(() =>
      this.#buildAndRun(plan, note, stop.signal, onBuilt),
    );
    const current = { stop, done };
    this.#current = current;
    this.#parts.onBusy(true);
    const finished = await done;
    this.#last = finished;
    this.#parts.onFinished(finished);
    if (this.#current === current) {
      this.#current = undefined;
      this.#parts.onBusy(false);
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

  async #buildAndRun(
    plan: RunPlan,
    note: string | null,
    signal: AbortSignal,
    onBuilt?: () => void,
  ): Promise<Finished> {
    const { services, builder, cases, secrets, model, outcomes, log, tape } = this.#parts;
    const settings = runSettings(plan.crateDir);
    const name = plan.runnable.name;
    const preparing = prepareRun(plan, settings, cases, secrets, tape.asked);
    // What can't be prepared is told below, under the settings alone.
    const shown = await preparing.catch(() => null);
    const taping = shown?.taping.options.tape?.mode;
    model.begin({
      id: randomUUID(),
      startedAt: Date.now(),
      program: name,
      target: shown?.target ?? plan.target ?? settings.target,
      buildProfile: plan.wasmFile === undefined ? settings.buildProfile : null,
      profileKind: shown?.profileKind ?? settings.profileKind,
      input: describeInput(plan.input),
      ...(taping && { taping }),
      ...(plan.lineTables && { withLines: true }),
      ...(plan.profile && { profiled: true }),
      limits: shown?.limits ?? settings.limits,
      fuelModel: shown?.fuelModel ?? settings.fuelModel,
    });
    try {
      const prepared = await preparing;
      const { target } = prepared;
      const built =
        plan.wasmFile === undefined
          ? await builder.build(
              { ...plan, target, lineTables: plan.profile ?? plan.lineTables ?? false },
              settings,
              { onProgress: (progress) => model.building(progress) },
              signal,
            )
          : { ...(await readWasmProgram(plan.wasmFile)), target };
      const ofCrate = await this.#profileKind(plan, signal);
      const profileKind = prepared.profileKind ?? ofCrate ?? settings.profileKind;
      const notes = note === null ? built.notes : [note, ...built.notes];
      onBuilt?.();
      model.running({ buildMs: built.buildMs, notes, profileKind });
      const asked = caseRequest(prepared, built, profileKind);
      const request = { ...asked, name, options: { ...asked.options, profile: plan.profile ?? false } };
      const ran = await (await services.executor()).run(request, this.#streaming(), signal);
      const result = withNextSteps(ran, plan);
      // A panic's message may hold a secret.
      const ending = await secrets.takenOutOf(result.error?.message ?? 'succeeded');
      log.info(`${name}: ${ending}, fuel ${result.fuel} (${result.fuelModel})`);
      const outcome = this.#withProfile(plan, result, outcomeOfRun(result, profileKind, plan.crateDir));
      const taped = await concludeTaping(prepared.taping, request, result);
      for (const sentence of [taped?.note, taped?.warning]) if (sentence) model.note(sentence);
      if (result.format === 'unknown') await this.#noteMuteness(result, built.wasm);
      model.finish(outcome);
      if (plan.wasmFile === undefined)
        outcomes.ended(runOutcome(plan.crateDir, result, prepared.expectsJson));
      return { plan, run: model.run!, prepared, outcome, result, error: result.error };
    } catch (thrown) {
      const error = asErrorValue(thrown);
      const words = `${error.message}${error.cause === null ? '' : `\n${error.cause}`}`;
      log.error(`${name}: ${await secrets.takenOutOf(words)}`);
      const outcome = outcomeOfFailure(error);
      model.finish(outcome);
      return { plan, run: model.run!, prepared: shown, outcome, result: null, error };
    }
  }

  async #noteMuteness(result: RunResult, wasm: Uint8Array): Promise<void> {
    const { whyMute } = await import('../../executor/wasmUnknownEntry.ts');
    const note = whyMute(result, wasm);
    if (note !== null) this.#parts.model.note(note);
  }

  /** Keeps the profile of a run, and says what it is asked for by. */
  #withProfile(plan: RunPlan, { profile }: RunResult, outcome: PanelOutcome): PanelOutcome {
    if (profile === null) return outcome;
    const title = `${plan.runnable.name} · ${describeInput(plan.input)}`;
    const { crateDir, wasmFile } = plan;
    const kept = { profile, title, crateDir, ...(wasmFile === undefined ? { plan } : {}) };
    return { ...outcome, profile: this.#parts.profiles.add(kept).id };
  }

  async #profileKind({ crateDir, wasmFile }: RunPlan, signal: AbortSignal) {
    if (wasmFile !== undefined) return null;
    return (await (await this.#parts.services.compiler()).crateMetadata(crateDir, signal)).profile;
  }

  #streaming(): RunEvents {
    return {
      onStdout: (bytes) => this.#parts.model.write('output', bytes),
      onStderr: (bytes) => this.#parts.model.write('stderr', bytes),
      onFuel: (units) => this.#parts.model.usedSoFar(units),
    };
  }
}
