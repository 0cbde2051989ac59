import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { freeCaseName } from '../../cases/caseOfRun.ts';
import { appendCase } from '../../cases/editCase.ts';
import { inputsPath } from '../../cases/inputsFile.ts';
import { inputsFolder } from '../../shared/inputsFolder.ts';
import { WorkbenchError } from '../../shared/workbenchError.ts';
import type { RunHistory } from '../history/runHistory.ts';
import { readText } from '../readText.ts';
import { editInputs } from './editInputs.ts';
import { planToSave, runAsCase, type RunAsCase } from './runAsCase.ts';
import type { SavedCases } from './savedCases.ts';
import type { Secrets } from '../secrets/secrets.ts';

/** What saving a run needs. */
export interface SaveRunParts {
  readonly cases: SavedCases;
  readonly secrets: Secrets;
  readonly history: RunHistory;
}

/**
 * Puts a run into its crate's inputs file as a case: what it was run with and, where it succeeded, its output, exit
 * code and fuel as what is expected. Values of secrets never get there.
 *
 * @param run its id; the last one where it is left out
 * @param named the case's name; asked for where it is left out
 * @returns false where the user went away
 * @throws WorkbenchError `usage` for a run that can't be a case, a name that is taken, or an inputs file with mistakes
 */
export async function saveRunAsCase(
  { cases, secrets, history }: SaveRunParts,
  run?: string,
  named?: string,
): Promise<boolean> {
  const id = run ?? (await history.list())[0]?.id;
  const kept = id === undefined ? undefined : await history.get(id);
  if (kept === undefined) {
    throw new WorkbenchError('usage', 'There is no run to save.', { hint: 'Run a program first.' });
  }
  const values = await secrets.all();
  const plan = planToSave(kept, values);
  const { crateDir, input } = plan;
  const taken = (await cases.of(crateDir)).map(({ name }) => name);
  const wanted = input.kind === 'case' ? input.name : `case ${taken.length + 1}`;
  const name = named ?? (await askName(freeCaseName(wanted, taken), taken));
  if (name === undefined) return false;
  const of = input.kind === 'case' ? await cases.named(crateDir, input.name) : null;
  const { saved, files, outputLeftOut } = await runAsCase(kept, plan, name, of, values);
  const source = (await readText(inputsPath(crateDir))) ?? null;
  const edit = appendCase(source, saved);
  if (edit !== null) await writeFiles(inputsFolder(crateDir), files);
  await editInputs(crateDir, source, edit, cases);
  // Not awaited: the command is done, whatever becomes of the message.
  if (outputLeftOut !== null) void vscode.window.showInformationMessage(whyLeftOut(outputLeftOut));
  return true;
}

async function askName(free: string, taken: readonly string[]): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Save Run as Case'),
    prompt: vscode.l10n.t(
      'The case is a test too: its output, exit code and fuel are what is expected from now on.',
    ),
    value: free,
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (text.trim() === '') return vscode.l10n.t('A case has a name.');
      return taken.includes(text.trim()) ? vscode.l10n.t('There is such a case already.') : undefined;
    },
  });
  return name?.trim();
}

function whyLeftOut(reason: NonNullable<RunAsCase['outputLeftOut']>): string {
  return reason === 'secret'
    ? vscode.l10n.t('The output holds a secret: it was not made an expectation.')
    : vscode.l10n.t('The output is longer than 1 MiB: it was not made an expectation.');
}

async function writeFiles(folder: string, files: RunAsCase['files']): Promise<void> {
  if (files.length > 0) await mkdir(folder, { recursive: true });
  // Nothing of the user's is written over.
  for (const { name, bytes } of files) await writeFile(join(folder, name), bytes, { flag: 'wx' });
}
