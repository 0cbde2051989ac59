import * as vscode from 'vscode';
import { byteSize } from '../shared/text.ts';
import type { Target } from '../shared/target.ts';
import { runSettings } from './configuration.ts';
import { commands } from './manifest/commands.ts';
import type { RunPanel } from './panel/runPanel.ts';
import { askInput } from './run/askInput.ts';
import type { Builder } from './run/builder.ts';
import type { ProgramChooser } from './run/chooseProgram.ts';
import type { LastPlan } from './run/lastPlan.ts';
import { isChosenProgram, type ChosenProgram, type RunPlan } from './run/plan.ts';
import type { Runner } from './run/runner.ts';
import { reportingErrors } from './showError.ts';
import { requireTrust } from './trust.ts';

/** What the commands act on. */
export interface Workbench {
  readonly runner: Runner;
  readonly builder: Builder;
  readonly chooser: ProgramChooser;
  readonly panel: RunPanel;
  readonly lastPlan: LastPlan;
  readonly state: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
}

/** Registers every command of the manifest. */
export function registerCommands(workbench: Workbench): vscode.Disposable {
  const { runner, builder, chooser, panel, lastPlan, log } = workbench;
  const handlers: Record<keyof typeof commands, (...given: unknown[]) => Promise<void> | void> = {
    buildWasip2: () => buildFor(workbench, 'wasm32-wasip2'),
    buildWasip1: () => buildFor(workbench, 'wasm32-wasip1'),
    buildUnknown: () => buildFor(workbench, 'wasm32-unknown-unknown'),
    async run(given) {
      const program = await programFor(workbench, given);
      if (program) await show(workbench, { ...program, target: null, input: { kind: 'none' } });
    },
    async runWithInput(given) {
      const program = await programFor(workbench, given);
      const input = program && (await askInput(workbench.state, program.crateDir));
      if (program && input) await show(workbench, { ...program, target: null, input });
    },
    stop: () => runner.stop(),
    openPanel: () => panel.reveal({ focus: true }),
    showLog: () => log.show(),
    async installTarget(target, toolchain) {
      requireTrust();
      if (typeof target !== 'string') return;
      const never = new AbortController().signal;
      await builder.install(target, typeof toolchain === 'string' ? toolchain : null, never);
      await runAgain(workbench);
    },
    async runForTarget(target) {
      await runAgain(workbench, { target: target as Target });
    },
    async chooseProgram() {
      requireTrust();
      const program = await chooser.choose({ again: true });
      const input = lastPlan.get()?.input ?? { kind: 'none' };
      if (program) await show(workbench, { ...program, target: null, input });
    },
  };
  return vscode.Disposable.from(
    ...Object.entries(handlers).map(([name, handler]) =>
      vscode.commands.registerCommand(commands[name as keyof typeof commands].id, (...given: unknown[]) =>
        reportingErrors(log, () => handler(...given)),
      ),
    ),
  );
}

/** The last run once more; asks for a program where there was none yet. */
export async function runAgain(workbench: Workbench, change: Partial<RunPlan> = {}): Promise<void> {
  requireTrust();
  const last = workbench.lastPlan.get();
  if (last) return show(workbench, { ...last, ...change });
  const program = await workbench.chooser.choose();
  if (program) await show(workbench, { ...program, target: null, input: { kind: 'none' }, ...change });
}

/** A code lens says which program; the palette and menus don't. */
async function programFor({ chooser }: Workbench, given: unknown): Promise<ChosenProgram | undefined> {
  requireTrust();
  return isChosenProgram(given) ? given : await chooser.choose();
}

async function show({ runner, panel, lastPlan }: Workbench, plan: RunPlan): Promise<void> {
  panel.reveal();
  await lastPlan.set(plan);
  const title = `Running ${plan.runnable.name}`;
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
    runner.run(plan),
  );
}

async function buildFor(workbench: Workbench, target: Target): Promise<void> {
  const program = await programFor(workbench, undefined);
  if (!program) return;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `Building ${program.runnable.name} for ${target}`,
    cancellable: true,
  };
  const built = await vscode.window.withProgress(options, (progress, token) => {
    const cancel = new AbortController();
    token.onCancellationRequested(() => cancel.abort());
    return workbench.builder.build(
      { ...program, target },
      runSettings(program.crateDir),
      {
        onProgress: ({ done, total, crate }) =>
          progress.report({ message: `${crate ?? ''} (${done}${total === null ? '' : ` of ${total}`})` }),
      },
      cancel.signal,
    );
  });
  const seconds = (built.buildMs / 1000).toFixed(1);
  const text = `Built ${program.runnable.name} for ${target} in ${seconds} s: ${byteSize(built.wasm.length)}.`;
  // Not awaited: the command is done, whatever becomes of the message.
  void vscode.window.showInformationMessage([text, ...built.notes].join(' '), 'Run').then((chosen) => {
    if (chosen === 'Run') return show(workbench, { ...program, target, input: { kind: 'none' } });
    return undefined;
  });
}
