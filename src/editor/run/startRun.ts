import * as vscode from 'vscode';
import { requireTrust } from '../trust.ts';
import type { Workbench } from '../workbench.ts';
import { isChosenProgram, isSameProgram, type ChosenProgram, type RunPlan } from './plan.ts';

/** Builds and runs in the panel; `note` is one more sentence for it. */
export async function startRun(
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
    return startRun(workbench, { ...last, ...change });
  const program = wanted ?? (await workbench.chooser.choose());
  if (program) await startRun(workbench, { ...(await planOf(workbench, program)), ...change });
}

/** A program with what Run takes as its input. */
export async function planOf({ cases }: Workbench, program: ChosenProgram): Promise<RunPlan> {
  return { ...program, target: null, input: await cases.defaultInput(program) };
}
