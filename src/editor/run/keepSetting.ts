import * as vscode from 'vscode';
import { section, type SettingDeclaration } from '../manifest/settings.ts';

/** Writes a setting where it holds for a crate: in its workspace folder, else in the user's settings. */
export async function keepSetting(
  { key }: SettingDeclaration,
  crateDir: string,
  value: string,
): Promise<void> {
  const uri = vscode.Uri.file(crateDir);
  const inFolder = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  await vscode.workspace
    .getConfiguration(section, uri)
    .update(
      key.slice(section.length + 1),
      value,
      inFolder ? vscode.ConfigurationTarget.WorkspaceFolder : vscode.ConfigurationTarget.Global,
    );
}
