import * as vscode from 'vscode';
import { formatOfTarget } from '../../executor/formats.ts';
import type { Target } from '../../shared/target.ts';
import { runSettings } from '../configuration.ts';
import { settings } from '../manifest/settings.ts';
import { keepSetting } from './keepSetting.ts';

/** Asks what to build a crate for, and keeps it as the setting of its workspace folder. */
export async function chooseTarget(crateDir: string): Promise<void> {
  const target = await askTarget(crateDir, vscode.l10n.t('What Run builds for'));
  if (target !== undefined) await keepSetting(settings.target, crateDir, target);
}

/** Undefined where the user went away. */
export async function askTarget(crateDir: string, placeHolder: string): Promise<Target | undefined> {
  const current = runSettings(crateDir).target;
  const items = settings.target.enum.map((label) => ({
    label,
    description: [formatOfTarget(label)?.title, label === current ? vscode.l10n.t('current') : null]
      .filter((part) => part !== null)
      .join(' · '),
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.label;
}
