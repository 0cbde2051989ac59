import { access, readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { FixAction } from '../diagnostics/fix.ts';
import { giveRuns } from './cases/giveRuns.ts';
import type { SavedCases } from './cases/savedCases.ts';
import { commandOfAction } from './errorActions.ts';
import { openSource } from './profile/sourceFile.ts';
import type { LastPlan } from './run/lastPlan.ts';
import { programOf, type RunPlan } from './run/plan.ts';

/**
 * Does what a quick fix offers that is more than a change of files.
 *
 * @param given what the action would otherwise ask for
 */
export async function applyFixAction(
  action: FixAction,
  { cases, lastPlan }: { readonly cases: SavedCases; readonly lastPlan: LastPlan },
  given?: string,
): Promise<void> {
  if (action.kind === 'adapt-module') return adaptModule(action.file);
  if (action.kind === 'set-environment' || action.kind === 'add-preopen')
    return giveRuns(action, cases, lastPlan, given);
  if (action.kind === 'open-source') {
    return openSource(action, lastPlan.get()?.crateDir ?? null, () => Promise.resolve(null));
  }
  const { command, arguments: values = argumentsFor(action, lastPlan.get()) } = commandOfAction(action);
  await vscode.commands.executeCommand(command, ...(values as unknown[]));
}

/** What the last run was of is asked about again; everything else knows that by itself. */
function argumentsFor({ kind }: FixAction, last: RunPlan | undefined): unknown[] {
  return kind === 'run-with-input' && last ? [programOf(last)] : [];
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
