import * as vscode from 'vscode';
import { formats } from '../../executor/formats.ts';
import type { Services } from '../services.ts';
import type { ProgramBuilder } from './programBuilder.ts';

/** Asks which of Rust's wasm targets that a crate's toolchain lacks should be installed, and installs them. */
export async function installTargets(
  services: Services,
  builder: ProgramBuilder,
  crateDir: string,
): Promise<void> {
  const toolchain = await (await services.compiler()).toolchain(crateDir);
  const name = toolchain.rustupToolchain ?? toolchain.rustcVersion;
  const missing = formats
    .filter(({ targets }) => !targets.some((target) => toolchain.installedTargets.includes(target)))
    .map(({ targets: [label], title }) => ({ label, description: title, picked: true }));
  if (missing.length === 0) {
    // Not awaited: the command is done, whatever becomes of the message.
    void vscode.window.showInformationMessage(vscode.l10n.t('Every wasm target is installed for {0}.', name));
    return;
  }
  const placeHolder = vscode.l10n.t('Targets to install for {0}', name);
  const chosen = await vscode.window.showQuickPick(missing, { placeHolder, canPickMany: true });
  for (const { label } of chosen ?? []) {
    await builder.install(label, toolchain.rustupToolchain, new AbortController().signal);
  }
}
