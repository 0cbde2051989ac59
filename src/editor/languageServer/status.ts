import * as vscode from 'vscode';
import { commands } from '../manifest/commands.ts';
import { checkedDocuments } from './documents.ts';

export type ServerState = 'starting' | 'running' | 'restarting' | 'stopped';

const texts = (): Readonly<Record<ServerState, string>> => ({
  starting: vscode.l10n.t('WASI checks are starting'),
  running: vscode.l10n.t('WASI checks are on'),
  restarting: vscode.l10n.t('WASI checks ended by themselves and start again'),
  stopped: vscode.l10n.t('WASI checks ended too often and stay off'),
});

/** The server's state beside the language's name in the status bar, with a way to its log. */
export class ServerStatus implements vscode.Disposable {
  readonly #item = vscode.languages.createLanguageStatusItem('wasi-workbench.checks', [...checkedDocuments]);

  constructor() {
    this.#item.name = 'WASI Workbench';
    this.show('starting');
  }

  show(state: ServerState): void {
    this.#item.text = texts()[state];
    this.#item.busy = state === 'starting' || state === 'restarting';
    this.#item.severity =
      state === 'stopped' ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    const { id, title } = state === 'stopped' ? commands.restartChecks : commands.showLog;
    this.#item.command = { command: id, title };
  }

  dispose(): void {
    this.#item.dispose();
  }
}
