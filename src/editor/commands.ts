import * as vscode from 'vscode';
import type { FixAction } from '../diagnostics/fix.ts';
import type { Target } from '../shared/target.ts';
import { openInputs } from './cases/openInputs.ts';
import { saveRunAsCase } from './cases/saveRun.ts';
import { applyFixAction } from './fixActions.ts';
import { commands } from './manifest/commands.ts';
import { openProfile } from './profile/openProfile.ts';
import { askInput } from './run/askInput.ts';
import { buildProgram } from './run/buildProgram.ts';
import { chooseProfile } from './run/chooseProfile.ts';
import { askTarget, chooseTarget } from './run/chooseTarget.ts';
import { installTargets } from './run/installTargets.ts';
import { otherInput } from './run/otherInput.ts';
import { isChosenProgram, isSameProgram, type ChosenProgram } from './run/plan.ts';
import { planOf, runAgain, startRun } from './run/startRun.ts';
import { createSample } from './sample/createSample.ts';
import { setSecret } from './secrets/setSecret.ts';
import { reportingErrors } from './showError.ts';
import { setContextKey } from './setContextKey.ts';
import { requireTrust } from './trust.ts';
import { planWasmFile } from './wasmFile/runWasmFile.ts';
import type { Workbench } from './workbench.ts';

/** Registers every command of the manifest. */
export function registerCommands(workbench: Workbench): vscode.Disposable {
  const { services, runner, builder, chooser, cases, secrets, panel, watch, lastPlan, log } = workbench;
  const buildFor = async (target: Target) => {
    const program = await programFor(workbench, undefined);
    if (program) await buildProgram(workbench, program, target);
  };
  const handlers: Record<keyof typeof commands, (...given: unknown[]) => Promise<void> | void> = {
    async build(given) {
      const program = await programFor(workbench, given);
      if (program === undefined) return;
      const target = await askTarget(program.crateDir, vscode.l10n.t('What to build for'));
      if (target !== undefined) await buildProgram(workbench, program, target);
    },
    buildWasip2: () => buildFor('wasm32-wasip2'),
    buildWasip1: () => buildFor('wasm32-wasip1'),
    buildUnknown: () => buildFor('wasm32-unknown-unknown'),
    async run(given) {
      const program = await programFor(workbench, given);
      if (program === undefined) return;
      const plan = await planOf(workbench, program);
      await startRun(workbench, plan, otherInput(lastPlan.get(), plan));
    },
    async runWithInput(given) {
      const program = await programFor(workbench, given);
      if (program === undefined) return;
      const input = await askInput(workbench.state, program, await cases.for(program));
      if (input?.kind === 'case') await cases.remember(program.crateDir, input.name);
      if (input === undefined) return;
      setContextKey('inputChosen');
      await startRun(workbench, { ...program, target: null, input });
    },
    async runFile(given) {
      requireTrust();
      const plan = await planWasmFile(workbench.state, given);
      if (plan) await startRun(workbench, plan);
    },
    async runProfiled(given) {
      requireTrust();
      const last = lastPlan.get();
      const program = isChosenProgram(given) ? given : (last ?? (await chooser.choose()));
      if (program === undefined) return;
      const again = last !== undefined && isSameProgram(last, program);
      await startRun(workbench, { ...(again ? last : await planOf(workbench, program)), profile: true });
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
      await startRun(workbench, last === undefined || last.kind === 'case' ? plan : { ...plan, input: last });
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
