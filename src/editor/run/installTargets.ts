import * as vscode from 'vscode';
import { formats } from '../../executor/formats.ts';
import type { Services } from '../services.ts';
import type { Builder } from './builder.ts';

/** Asks which of Rust's wasm targets that a crate's toolchain lacks should be installed, and installs them. */
export async function installTargets(services: Services, builder: Builder, crateDir: string): Promise<void> {
  const toolchain = await (await services.compiler()).toolchain(crateDir);
  const missing = formats
    .filter(({ targets }) => !targets.some((target) => toolchain.installedTargets.includes(target)))
    .map(({ targets: [label], title }) => ({ label, description: title, picked: true }));
  if (missing.length === 0) {
    // Not awaited: the command is done, whatever becomes of the message.
    void vscode.window.showInformationMessage(
      `Every wasm target is installed for ${toolchain.rustupToolchain ?? toolchain.rustcVersion}.`,
    );
    return;
  }
  const placeHolder = `Targets to install for ${toolchain.rustupToolchain ?? toolchain.rustcVersion}`;
  const chosen = await vscode.window.showQuickPick(missing, { placeHolder, canPickMany: true });
  for (const { label } of chosen ?? []) {
    await builder.install(label, toolchain.rustupToolchain, new AbortController().signal);
  }
}
