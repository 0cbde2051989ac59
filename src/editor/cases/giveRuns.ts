import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { addToCase, type CaseAddition } from '../../cases/editCase.ts';
import { besideInputs, inputsPath } from '../../cases/inputsFile.ts';
import type { FixAction } from '../../diagnostics/fix.ts';
import { nearestManifest } from '../../rust/programs.ts';
import { inputsFolder } from '../../shared/inputsFolder.ts';
import type { SavedInput } from '../../shared/savedInput.ts';
import { WorkbenchError } from '../../shared/workbenchError.ts';
import { readText } from '../readText.ts';
import type { LastPlan } from '../run/lastPlan.ts';
import { editInputs } from './editInputs.ts';
import type { SavedCases } from './savedCases.ts';

export type RunNeed = Extract<FixAction, { readonly kind: 'set-environment' | 'add-preopen' }>;

/**
 * Puts what a run lacked, a variable or a folder, into the saved case that Run takes, as one edit that can be undone,
 * and shows it there.
 *
 * @param given the variable's value or the folder's path; asked for where it is missing
 * @throws WorkbenchError `usage` for an inputs file with mistakes, `crate-not-found` outside of a crate
 */
export async function giveRuns(
  need: RunNeed,
  cases: SavedCases,
  lastPlan: LastPlan,
  given?: string,
): Promise<void> {
  const found = await nearestManifest(dirname(need.file), readText);
  if (found === null) {
    throw new WorkbenchError('crate-not-found', `${need.file} belongs to no crate.`, {
      hint: 'Open the folder of a crate, and try again.',
    });
  }
  const { crateDir } = found;
  const addition = await ask(need, crateDir, given);
  if (addition === undefined) return;
  const source = (await readText(inputsPath(crateDir))) ?? null;
  const last = lastPlan.get();
  const input = last?.crateDir === crateDir ? last.input : undefined;
  const fresh: SavedInput = {
    name: 'default',
    ...(input?.kind === 'text' && { stdin: { text: input.text } }),
  };
  const name = input?.kind === 'case' ? input.name : cases.lastChosen(crateDir);
  const edit = addToCase(source, name, addition, fresh);
  await editInputs(crateDir, source, edit, cases);
}

async function ask(need: RunNeed, crateDir: string, given?: string): Promise<CaseAddition | undefined> {
  if (need.kind === 'set-environment') {
    const value =
      given ??
      (await vscode.window.showInputBox({
        title: vscode.l10n.t('Value of {0}', need.name),
        prompt: vscode.l10n.t(
          'It is kept in the inputs file of the crate. For what is secret use “WASI: Set Secret…”.',
        ),
        ignoreFocusOut: true,
      }));
    return value === undefined ? undefined : { kind: 'variable', name: need.name, value };
  }
  const folder = given ?? (await askFolder(need.guestPath, crateDir));
  if (folder === undefined) return undefined;
  return { kind: 'folder', host: besideInputs(crateDir, folder), guest: need.guestPath, writable: true };
}

async function askFolder(guestPath: string, crateDir: string): Promise<string | undefined> {
  const own = join(inputsFolder(crateDir), 'files');
  const make = { label: vscode.l10n.t('A folder of its own'), detail: own };
  const choose = {
    label: vscode.l10n.t('Another folder…'),
    detail: vscode.l10n.t('The program may write there.'),
  };
  const picked = await vscode.window.showQuickPick([make, choose], {
    title: vscode.l10n.t('The folder that runs see as {0}', guestPath),
  });
  if (picked === make) {
    await mkdir(own, { recursive: true });
    return own;
  }
  if (picked === undefined) return undefined;
  const folders = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    defaultUri: vscode.Uri.file(crateDir),
    openLabel: vscode.l10n.t('Give to Runs'),
  });
  return folders?.[0]?.fsPath;
}
