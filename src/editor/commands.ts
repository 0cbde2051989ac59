import * as vscode from 'vscode';
import type { FixAction } from '../diagnostics/fix.ts';
import { byteSize } from '../shared/text.ts';
import type { Target } from '../shared/target.ts';
import { openInputs } from './cases/openInputs.ts';
import type { SavedCases } from './cases/savedCases.ts';
import type { Secrets } from './cases/secrets.ts';
import { saveRunAsCase } from './cases/saveRun.ts';
import { setSecret } from './cases/setSecret.ts';
import { runSettings } from './configuration.ts';
import { applyFixAction } from './fixActions.ts';
import type { RunHistory } from './history/runHistory.ts';
import { commands } from './manifest/commands.ts';
import type { LanguageServer } from './languageServer/languageServer.ts';
import type { FuelInEditor } from './profile/fuelInEditor.ts';
import { openProfile } from './profile/openProfile.ts';
import type { Profiles } from './profile/profiles.ts';
import type { RunPanel } from './panel/runPanel.ts';
import { askInput } from './run/askInput.ts';
import type { Builder } from './run/builder.ts';
import type { ProgramChooser } from './run/chooseProgram.ts';
import { chooseProfile } from './run/chooseProfile.ts';
import { askTarget, chooseTarget } from './run/chooseTarget.ts';
import { installTargets } from './run/installTargets.ts';
import type { LastPlan } from './run/lastPlan.ts';
import { otherInput } from './run/otherInput.ts';
import { isChosenProgram, isSameProgram, type ChosenProgram, type RunPlan } from './run/plan.ts';
import type { Runner } from './run/runner.ts';
import type { TapeChoice } from './run/tapeChoice.ts';
import type { Watch } from './run/watch.ts';
import { createSample } from './sample/createSample.ts';
import { reportingErrors } from './showError.ts';
import type { Services } from './services.ts';
import { setContextKey } from './setContextKey.ts';
import type { ToolchainStatus } from './status/toolchainStatus.ts';
import { requireTrust } from './trust.ts';
import { planWasmFile } from './wasmFile/runWasmFile.ts';
import type { StoredDocument } from './worker/storedDocument.ts';
import type { WasmDocuments } from './wasmFile/wasmDocuments.ts';

/** What the commands act on. */
export interface Workbench {
  readonly services: Services;
  readonly runner: Runner;
  readonly builder: Builder;
  readonly chooser: ProgramChooser;
  readonly cases: SavedCases;
  readonly secrets: Secrets;
  readonly panel: RunPanel;
  readonly watch: Watch;
  readonly tape: TapeChoice;
  readonly lastPlan: LastPlan;
  readonly history: RunHistory;
  readonly profiles: Profiles;
  readonly fuelInEditor: FuelInEditor;
  readonly state: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
  readonly server: LanguageServer;
  readonly toolchain: ToolchainStatus;
  readonly wasmDocuments: WasmDocuments;
  readonly storedDocument: StoredDocument;
  readonly context: vscode.ExtensionContext;
}

/** Registers every command of the manifest. */
export function registerCommands(workbench: Workbench): vscode.Disposable {
  const { services, runner, builder, chooser, cases, secrets, panel, watch, lastPlan, log } = workbench;
  const handlers: Record<keyof typeof commands, (...given: unknown[]) => Promise<void> | void> = {
    async build(given) {
      const program = await programFor(workbench, given);
      if (program === undefined) return;
      const target = await askTarget(program.crateDir, vscode.l10n.t('What to build for'));
      if (target !== undefined) await buildFor(workbench, target, program);
    },
    buildWasip2: () => buildFor(workbench, 'wasm32-wasip2'),
    buildWasip1: () => buildFor(workbench, 'wasm32-wasip1'),
    buildUnknown: () => buildFor(workbench, 'wasm32-unknown-unknown'),
    async run(given) {
      const program = await programFor(workbench, given);
      if (program === undefined) return;
      const plan = await planOf(workbench, program);
      await show(workbench, plan, otherInput(lastPlan.get(), plan));
    },
    async runWithInput(given) {
      const program = await programFor(workbench, given);
      if (program === undefined) return;
      const input = await askInput(workbench.state, program, await cases.for(program));
      if (input?.kind === 'case') await cases.remember(program.crateDir, input.name);
      if (input === undefined) return;
      setContextKey('inputChosen');
      await show(workbench, { ...program, target: null, input });
    },
    async runFile(given) {
      requireTrust();
      const plan = await planWasmFile(workbench.state, given);
      if (plan) await show(workbench, plan);
    },
    async runProfiled(given) {
      requireTrust();
      const last = lastPlan.get();
      const program = isChosenProgram(given) ? given : (last ?? (await chooser.choose()));
      if (program === undefined) return;
      const again = last !== undefined && isSameProgram(last, program);
      await show(workbench, { ...(again ? last : await planOf(workbench, program)), profile: true });
    },
    toggleInlineFuel: () => workbench.fuelInEditor.toggle(),
    openProfile: (given) => openProfile(workbench, given),
    runLast: () => runAgain(workbench),
    async toggleWatch() {
      requireTrust();
      watch.toggle();
      if (watch.active) await runAgain(workbench);
    },
    async chooseTarget(given) {
      const crateDir = await crateFor(workbench, given);
      if (crateDir !== undefined) await chooseTarget(crateDir);
    },
    async chooseProfile(given) {
      const crateDir = await crateFor(workbench, given);
      if (crateDir !== undefined) await chooseProfile(crateDir);
    },
    async installTargets() {
      requireTrust();
      const crateDir = await crateFor(workbench, undefined);
      if (crateDir === undefined) return;
      await installTargets(services, builder, crateDir);
      await workbench.toolchain.look(crateDir);
    },
    async clearCaches() {
      await (await services.compiler()).clearCache();
      // Not awaited: the command is done, whatever becomes of the message.
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          'Adapted and optimised programs are deleted. What cargo built stays; “cargo clean” deletes it.',
        ),
      );
    },
    async openInputs(given) {
      const crateDir = await crateFor(workbench, given);
      if (crateDir === undefined) return;
      await openInputs(crateDir, lastPlan.get(), secrets);
      setContextKey('inputChosen');
    },
    async saveRun(run, name) {
      const saved = await saveRunAsCase(workbench, textOf(run), textOf(name));
      if (saved) setContextKey('inputChosen');
    },
    async setSecret() {
      const crateDir = await crateFor(workbench, undefined);
      if (crateDir !== undefined) await setSecret(cases, secrets, crateDir);
    },
    chooseTapeMode: () => workbench.tape.choose(),
    showStorage: () => workbench.storedDocument.show(),
    resetStorage: () => workbench.storedDocument.reset(),
    stop: () => runner.stop(),
    openPanel: () => panel.reveal({ focus: true }),
    showText: (given) => workbench.wasmDocuments.show(given),
    createSample: (given) => createSample(workbench.context, given),
    showLog: () => log.show(),
    async installTarget(target, toolchain, program) {
      requireTrust();
      if (typeof target !== 'string') return;
      const never = new AbortController().signal;
      await builder.install(target, typeof toolchain === 'string' ? toolchain : null, never);
      await runAgain(workbench, {}, program);
    },
    async runForTarget(target, program) {
      await runAgain(workbench, { target: target as Target }, program);
    },
    runWithLines: (given) => runAgain(workbench, { lineTables: true }, given),
    async chooseProgram() {
      requireTrust();
      const program = await chooser.choose({ again: true });
      if (program === undefined) return;
      const plan = await planOf(workbench, program);
      const last = lastPlan.get()?.input;
      await show(workbench, last === undefined || last.kind === 'case' ? plan : { ...plan, input: last });
    },
    applyFixAction: (action, file, given) =>
      applyFixAction(action as FixAction, workbench, textOf(file), textOf(given)),
    restartChecks: () => workbench.server.restart(),
  };
  return vscode.Disposable.from(
    ...Object.entries(handlers).map(([name, handler]) =>
      vscode.commands.registerCommand(commands[name as keyof typeof commands].id, (...given: unknown[]) =>
        reportingErrors(log, () => handler(...given)),
      ),
    ),
  );
}

/** An argument of a command that is a text; menus and key bindings hand over other things. */
function textOf(given: unknown): string | undefined {
  return typeof given === 'string' ? given : undefined;
}

/**
 * The last run once more; asks for a program where there was none yet.
 *
 * @param given a command's argument: a program that it is to be a run of, which begins anew where the last was of another
 */
export async function runAgain(
  workbench: Workbench,
  change: Partial<RunPlan> = {},
  given?: unknown,
): Promise<void> {
  requireTrust();
  const last = workbench.lastPlan.get();
  const wanted = isChosenProgram(given) ? given : undefined;
  if (last && (wanted === undefined || isSameProgram(last, wanted)))
    return show(workbench, { ...last, ...change });
  const program = wanted ?? (await workbench.chooser.choose());
  if (program) await show(workbench, { ...(await planOf(workbench, program)), ...change });
}

/** A program with what Run takes as its input. */
async function planOf({ cases }: Workbench, program: ChosenProgram): Promise<RunPlan> {
  return { ...program, target: null, input: await cases.defaultInput(program) };
}

/** A code lens says which program, a menu which file; the palette says neither. */
async function programFor({ chooser }: Workbench, given: unknown): Promise<ChosenProgram | undefined> {
  requireTrust();
  if (isChosenProgram(given)) return given;
  return given instanceof vscode.Uri ? chooser.choose({ file: given.fsPath }) : chooser.choose();
}

async function crateFor({ chooser }: Workbench, given: unknown): Promise<string | undefined> {
  if (isChosenProgram(given)) return given.crateDir;
  return given instanceof vscode.Uri ? chooser.chooseCrate(given.fsPath) : chooser.chooseCrate();
}

/** Builds and runs in the panel; `note` is one more sentence for it. */
async function show(
  { runner, panel, profiles, lastPlan }: Workbench,
  plan: RunPlan,
  note: string | null = null,
): Promise<void> {
  profiles.close();
  panel.reveal();
  await lastPlan.set(plan);
  const { name } = plan.runnable;
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Window }, (progress) => {
    progress.report({ message: vscode.l10n.t('Building {0}', name) });
    return runner.run(plan, note, () => progress.report({ message: vscode.l10n.t('Running {0}', name) }));
  });
}

async function buildFor(workbench: Workbench, target: Target, given?: ChosenProgram): Promise<void> {
  const program = await programFor(workbench, given);
  if (!program) return;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Building {0} for {1}', program.runnable.name, target),
    cancellable: true,
  };
  const built = await vscode.window.withProgress(options, (progress, token) => {
    const cancel = new AbortController();
    token.onCancellationRequested(() => cancel.abort());
    return workbench.builder.build(
      { ...program, target },
      runSettings(program.crateDir),
      {
        onProgress: ({ done, total, crate }) => {
          const count = total === null ? `${done}` : vscode.l10n.t('{0} of {1}', done, total);
          progress.report({ message: `${crate ?? ''} (${count})` });
        },
      },
      cancel.signal,
    );
  });
  const seconds = (built.buildMs / 1000).toFixed(1);
  const size = byteSize(built.wasm.length);
  const text = vscode.l10n.t(
    'Built {0} for {1} in {2} s: {3}.',
    program.runnable.name,
    target,
    seconds,
    size,
  );
  const run = vscode.l10n.t('Run');
  // Not awaited: the command is done, whatever becomes of the message.
  void reportingErrors(workbench.log, async () => {
    const chosen = await vscode.window.showInformationMessage([text, ...built.notes].join(' '), run);
    if (chosen === run) await show(workbench, { ...(await planOf(workbench, program)), target });
  });
}
