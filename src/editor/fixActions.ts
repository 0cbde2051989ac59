import { access, readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { EditorAction } from '../server/fixCommand.ts';
import { commandOfAction } from './errorActions.ts';

/** Does what a quick fix offers that is more than a change of files. */
export async function applyFixAction(action: EditorAction): Promise<void> {
  if (action.kind === 'adapt-module') return adaptModule(action.file);
  const { command, arguments: given = [] } = commandOfAction(action);
  await vscode.commands.executeCommand(command, ...(given as unknown[]));
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
