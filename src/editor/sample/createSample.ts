import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { setContextKey } from '../setContextKey.ts';

/** Where the files lie in the extension, and what they become; packagers may leave names with a dot before them out. */
const files = {
  'Cargo.toml': 'Cargo.toml',
  gitignore: '.gitignore',
  'src/main.rs': 'src/main.rs',
  'inputs.json': '.wasi-workbench/inputs.json',
} as const;

const name = 'first-steps';
const toShowKey = 'sampleToShow';

/** Makes a crate to begin with, in a folder that is given or asked for, and shows it. */
export async function createSample(context: vscode.ExtensionContext, given: unknown): Promise<void> {
  const parent = given instanceof vscode.Uri ? given : await askFolder();
  if (parent === undefined) return;
  const folder = vscode.Uri.file(freeName(parent.fsPath));
  for (const [from, to] of Object.entries(files)) {
    const target = join(folder.fsPath, to);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(context.asAbsolutePath(join('media', 'sample', from)), target);
  }
  if (vscode.workspace.getWorkspaceFolder(folder)) return showMain(folder);
  // The window that opens knows nothing of this one.
  await context.globalState.update(toShowKey, folder.fsPath);
  const forceNewWindow = (vscode.workspace.workspaceFolders ?? []).length > 0;
  await vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow });
}

/** Shows the sample that another window has just made, where this window is the one that was opened for it. */
export async function showNewSample(context: vscode.ExtensionContext): Promise<void> {
  const made = context.globalState.get<string>(toShowKey);
  if (made === undefined || vscode.workspace.workspaceFolders?.[0]?.uri.fsPath !== made) return;
  await context.globalState.update(toShowKey, undefined);
  await showMain(vscode.Uri.file(made));
}

async function askFolder(): Promise<vscode.Uri | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Where to Create “{0}”', name),
      openLabel: vscode.l10n.t('Create Here'),
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir()),
    })) ?? [];
  return folder;
}

/** `first-steps`, or `first-steps-2` and so on where that exists: nothing is written over. */
function freeName(parent: string): string {
  for (let count = 1; ; count++) {
    const path = join(parent, count === 1 ? name : `${name}-${count}`);
    if (!existsSync(path)) return path;
  }
}

async function showMain(folder: vscode.Uri): Promise<void> {
  setContextKey('sampleMade');
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, 'src', 'main.rs'));
}
