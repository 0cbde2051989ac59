import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { decodeUtf8 } from '../../shared/text.ts';
import type { Workbench } from '../workbench.ts';
import { forPanel } from './forPanel.ts';
import type { KeptProfile } from './profiles.ts';

/** Shows a profile that was saved earlier in the panel; asks for the file unless it is given. */
export async function openProfile(workbench: Workbench, given: unknown): Promise<void> {
  const { profiles, panel } = workbench;
  const uri = given instanceof vscode.Uri ? given : await askFile();
  if (uri === undefined) return;
  const { readProfile } = await import('../../profile/readProfile.ts');
  const profile = readProfile(decodeUtf8(await vscode.workspace.fs.readFile(uri)));
  const crateDir = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? dirname(uri.fsPath);
  profiles.open({ profile, title: basename(uri.fsPath), crateDir });
  panel.reveal({ focus: true });
  showOpened(workbench);
}

/** Has the panel show the saved profile that was opened last, where there is one; a panel that isn't there asks later. */
export function showOpened({ profiles, panel }: Workbench): void {
  if (profiles.opened === undefined) return;
  panel.send({ type: 'savedProfile', profile: forPanel(profiles.opened) });
}

async function askFile(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Open a fuel profile'),
    filters: { [vscode.l10n.t('Profiles')]: ['json', 'folded'] },
  });
  return chosen?.[0];
}

/** Asks for a file and writes a profile there; its ending says how. */
export async function saveProfile({ profile, title, crateDir }: KeptProfile): Promise<void> {
  const { exporterFor, exporters } = await import('../../profile/exporters.ts');
  const name = `${title.split(' ')[0] ?? 'run'}.profile.json`;
  const folder = crateDir === null ? undefined : vscode.Uri.joinPath(vscode.Uri.file(crateDir), name);
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save the profile: {0}', [...exporters.keys()].join(', ')),
    ...(folder === undefined ? {} : { defaultUri: folder }),
    filters: {
      [vscode.l10n.t('Profile')]: ['json'],
      [vscode.l10n.t('For speedscope.app')]: ['speedscope.json'],
      [vscode.l10n.t('Folded stacks')]: ['folded'],
    },
  });
  if (uri === undefined) return;
  const write = exporterFor(uri.fsPath) ?? exporters.get('.json')!;
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(write(profile, title)));
}
