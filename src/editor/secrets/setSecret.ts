import * as vscode from 'vscode';
import type { SavedCases } from '../cases/savedCases.ts';
import type { Secrets } from './secrets.ts';

/** Asks for the value of a secret that the crate's cases name. */
export async function setSecret(cases: SavedCases, secrets: Secrets, crateDir: string): Promise<void> {
  const names = [...new Set((await cases.of(crateDir)).flatMap((saved) => saved.secrets ?? []))];
  if (names.length === 0) {
    // Not awaited: the command is done, whatever becomes of the message.
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'No case of this crate names a secret. Add its name to "secrets" in the inputs file first.',
      ),
    );
    return;
  }
  const name =
    names.length === 1
      ? names[0]
      : await vscode.window.showQuickPick(names, { placeHolder: vscode.l10n.t('The secret to set') });
  if (name === undefined) return;
  const value = await vscode.window.showInputBox({
    title: vscode.l10n.t('Secret {0}', name),
    prompt: vscode.l10n.t(
      'It is kept in the secret storage of VS Code, and given to this crate’s runs only. Empty forgets it.',
    ),
    password: true,
    ignoreFocusOut: true,
  });
  if (value !== undefined) await secrets.set(crateDir, name, value);
}
