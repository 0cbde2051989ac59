import { mkdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { addToCase, type CaseAddition } from '../../cases/editCase.ts';
import { inputsFolder, inputsPath } from '../../cases/inputsFile.ts';
import type { FixAction } from '../../diagnostics/fix.ts';
import { nearestManifest } from '../../rust/programs.ts';
import type { SavedInput } from '../../shared/savedInput.ts';
import { WorkbenchError } from '../../shared/workbenchError.ts';
import { readText } from '../readText.ts';
import type { LastPlan } from '../run/lastPlan.ts';
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
  if (edit === null) {
    await cases.of(crateDir);
    throw new WorkbenchError('usage', 'The inputs file has mistakes.', { hint: 'Mend them first.' });
  }
  await apply(inputsPath(crateDir), source, edit.edits);
  await cases.remember(crateDir, edit.caseName);
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
  const host = relative(inputsFolder(crateDir), folder).split(sep).join('/');
  return { kind: 'folder', host: host === '' ? '.' : host, guest: need.guestPath, writable: true };
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

type Edits = NonNullable<ReturnType<typeof addToCase>>['edits'];

async function apply(path: string, source: string | null, edits: Edits): Promise<void> {
  const uri = vscode.Uri.file(path);
  const edit = new vscode.WorkspaceEdit();
  if (source === null) {
    edit.createFile(uri, { overwrite: false });
    for (const { content } of edits) edit.insert(uri, new vscode.Position(0, 0), content);
  } else {
    const document = await vscode.workspace.openTextDocument(uri);
    for (const { offset, length, content } of edits) {
      const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
      edit.replace(uri, range, content);
    }
  }
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new WorkbenchError('internal', `The editor did not change ${path}.`, {
      hint: 'Save or close the file, and try again.',
    });
  }
  const document = await vscode.workspace.openTextDocument(uri);
  await document.save();
  await vscode.window.showTextDocument(document, { preview: true });
}
