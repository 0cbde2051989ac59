import * as vscode from 'vscode';
import { formatOfTarget } from '../../executor/formats.ts';
import { runSettings } from '../configuration.ts';
import { section, settings } from '../manifest/settings.ts';

/** Asks what to build a crate for, and keeps it as the setting of its workspace folder. */
export async function chooseTarget(crateDir: string): Promise<void> {
  const uri = vscode.Uri.file(crateDir);
  const current = runSettings(crateDir).target;
  const items = settings.target.enum.map((label) => ({
    label,
    description: [formatOfTarget(label)?.title, label === current ? 'current' : null]
      .filter((part) => part !== null)
      .join(' · '),
  }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: 'What Run builds for' });
  if (chosen === undefined) return;
  const inFolder = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  await vscode.workspace
    .getConfiguration(section, uri)
    .update(
      settings.target.key.slice(section.length + 1),
      chosen.label,
      inFolder ? vscode.ConfigurationTarget.WorkspaceFolder : vscode.ConfigurationTarget.Global,
    );
}
