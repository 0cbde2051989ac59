import * as vscode from 'vscode';
import { panelProfile } from '../../profile/panelProfile.ts';
import type { PanelProfile } from '../../shared/panelProfile.ts';
import type { KeptProfile } from './profiles.ts';

/** A profile with the names of its files as people know them: from their crate or folder on. */
export function forPanel({ id, title, profile, crateDir, plan }: KeptProfile): PanelProfile {
  const folder =
    crateDir === null ? undefined : vscode.workspace.getWorkspaceFolder(vscode.Uri.file(crateDir));
  const folders = [crateDir, folder?.uri.fsPath ?? null].filter((one) => one !== null);
  return panelProfile(profile, { id, title, canRebuild: plan !== undefined, folders });
}
