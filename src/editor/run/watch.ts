import { basename } from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../manifest/commands.ts';

/** Milliseconds to wait for further files that are saved together. */
const settleMs = 100;

/** Watch mode: runs the last program again whenever a source is saved, which ends the run before. */
export class Watch implements vscode.Disposable {
  readonly #runAgain: () => void;
  #active: vscode.Disposable | undefined;

  constructor(runAgain: () => void) {
    this.#runAgain = runAgain;
  }

  get active(): boolean {
    return this.#active !== undefined;
  }

  toggle(): void {
    if (this.#active) this.dispose();
    else this.#start();
  }

  dispose(): void {
    this.#active?.dispose();
    this.#active = undefined;
  }

  #start(): void {
    const status = vscode.window.createStatusBarItem('wasi-workbench.watch', vscode.StatusBarAlignment.Left);
    status.name = vscode.l10n.t('WASI Watch Mode');
    status.text = '$(eye) WASI';
    status.tooltip = vscode.l10n.t(
      'The last program is run again whenever a source is saved. Click to end that.',
    );
    status.command = commands.toggleWatch.id;
    status.show();
    let timer: NodeJS.Timeout | undefined;
    this.#active = vscode.Disposable.from(
      status,
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (!isWatched(document)) return;
        clearTimeout(timer);
        timer = setTimeout(this.#runAgain, settleMs);
      }),
      { dispose: () => clearTimeout(timer) },
    );
  }
}

/** Sources, manifests and saved inputs. */
function isWatched({ languageId, uri }: vscode.TextDocument): boolean {
  const inputs = uri.path.endsWith('/.wasi-workbench/inputs.json');
  return languageId === 'rust' || basename(uri.path) === 'Cargo.toml' || inputs;
}
