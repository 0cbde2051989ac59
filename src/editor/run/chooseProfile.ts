import { join } from 'node:path';
import * as vscode from 'vscode';
import { profilesOfManifest } from '../../rust/manifest.ts';
import { runSettings } from '../configuration.ts';
import { settings } from '../manifest/settings.ts';
import { readText } from '../readText.ts';
import { keepSetting } from './keepSetting.ts';

/** Asks which of cargo's profiles to build a crate with, and keeps it as the setting of its workspace folder. */
export async function chooseProfile(crateDir: string): Promise<void> {
  const current = runSettings(crateDir).buildProfile;
  const own = profilesOfManifest((await readText(join(crateDir, 'Cargo.toml'))) ?? '');
  const items = [...new Set(['release', 'dev', ...own, current])].map((label) => ({
    label,
    description: [descriptionOf(label), label === current ? vscode.l10n.t('current') : null]
      .filter((part) => part !== null)
      .join(' · '),
  }));
  const placeHolder = vscode.l10n.t('The cargo profile to build with; fuel depends on it');
  const chosen = await vscode.window.showQuickPick(items, { placeHolder });
  if (chosen) await keepSetting(settings.buildProfile, crateDir, chosen.label);
}

function descriptionOf(profile: string): string | null {
  if (profile === 'release') return vscode.l10n.t('optimised');
  if (profile === 'dev') return vscode.l10n.t('quick to build, with debug assertions');
  return vscode.l10n.t('from Cargo.toml');
}
