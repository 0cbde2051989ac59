import { existsSync } from 'node:fs';
import * as vscode from 'vscode';

/**
 * Shows the file that a quick fix makes, where it makes one: it is what the user goes on with. VS Code's event tells
 * when it is there. A command of the fix could not: its arguments are forgotten once the edit has changed the document.
 */
export class MadeFile implements vscode.Disposable {
  #expected: string | undefined;
  readonly #created = vscode.workspace.onDidCreateFiles(({ files }) => {
    const made = files.find((uri) => String(uri) === this.#expected);
    if (made === undefined) return;
    this.#expected = undefined;
    void vscode.window.showTextDocument(made);
  });

  /** A fix is about to be applied. One that isn't chosen by hand, as on save, opens nothing. */
  resolved({ kind, edit }: Pick<vscode.CodeAction, 'kind' | 'edit'>): void {
    this.#expected = undefined;
    if (edit === undefined || kind === undefined || !vscode.CodeActionKind.QuickFix.contains(kind)) return;
    const made = edit.entries().filter(([uri]) => !existsSync(uri.fsPath));
    if (made.length === 1) this.#expected = String(made[0]![0]);
  }

  dispose(): void {
    this.#created.dispose();
  }
}
