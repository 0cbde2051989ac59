import { access, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { FixAction } from '../diagnostics/fix.ts';
import { nearestManifest } from '../rust/programs.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import { giveRuns } from './cases/giveRuns.ts';
import { commandOfAction } from './errorActions.ts';
import { openSource } from './profile/sourceFile.ts';
import { readText } from './readText.ts';
import { type ChosenProgram, programOf } from './run/plan.ts';
import type { Workbench } from './workbench.ts';

/** What the actions work with. */
type Parts = Pick<Workbench, 'cases' | 'lastPlan' | 'chooser'>;

/**
 * Does what a quick fix offers that is more than a change of files.
 *
 * @param file where the fix is offered; what is built or run is of its crate
 * @param given what the action would otherwise ask for
 */
export async function applyFixAction(
  action: FixAction,
  workbench: Parts,
  file: string | undefined,
  given?: string,
): Promise<void> {
  const { cases, lastPlan } = workbench;
  if (action.kind === 'adapt-module') return adaptModule(action.file);
  if (action.kind === 'set-environment' || action.kind === 'add-preopen')
    return giveRuns(action, cases, lastPlan, given);
  if (action.kind === 'open-source') {
    return openSource(action, lastPlan.get()?.crateDir ?? null, () => Promise.resolve(null));
  }
  const { command, arguments: values = [] } = commandOfAction(action);
  const more: unknown[] = [];
  if (runs.includes(action.kind)) {
    const program = await programAbout(file, workbench);
    if (program === undefined) return;
    more.push(program);
  }
  await vscode.commands.executeCommand(command, ...(values as unknown[]), ...more);
}

/** Their commands take a program as their last argument. */
const runs: readonly FixAction['kind'][] = [
  'build-for-target',
  'install-target',
  'line-tables',
  'profile',
  'run-with-input',
];

/**
 * The program that a fix in a file is about: that of the last run where it is of the same crate, or where the file's
 * own has none, being a library that was run as part of it. Undefined where the user was asked, and went away.
 */
async function programAbout(
  file: string | undefined,
  { chooser, lastPlan }: Parts,
): Promise<ChosenProgram | undefined> {
  const plan = lastPlan.get();
  const last = plan && programOf(plan);
  if (file === undefined) return last ?? chooser.choose();
  const found = await nearestManifest(dirname(file), readText);
  if (last !== undefined && (found === null || found.crateDir === last.crateDir)) return last;
  try {
    return await chooser.choose({ file });
  } catch (error) {
    if (last !== undefined && error instanceof WorkbenchError && error.value.code === 'no-binary')
      return last;
    throw error;
  }
}

/** Writes the component beside the module and says so. */
async function adaptModule(path: string): Promise<void> {
  const made = path.replace(/(?:\.wasm)?$/, '.component.wasm');
  if (!(await mayWrite(made))) return;
  const { adaptToComponent } = await import('../compiler/adapt.ts');
  await writeFile(made, await adaptToComponent(await readFile(path)));
  void vscode.window.showInformationMessage(vscode.l10n.t('Made the component {0}.', basename(made)));
}

async function mayWrite(path: string): Promise<boolean> {
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  if (!exists) return true;
  const question = vscode.l10n.t('{0} exists. Replace it?', basename(path));
  const replace = vscode.l10n.t('Replace');
  return (await vscode.window.showWarningMessage(question, { modal: true }, replace)) === replace;
}
