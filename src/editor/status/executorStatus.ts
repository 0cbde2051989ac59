import * as vscode from 'vscode';
import type { ExecutorState } from '../../executor/process/service.ts';
import { commands } from '../manifest/commands.ts';
import { statusDocuments } from './statusDocuments.ts';

/** Beside the language's name, from the first run on: how the process fares that runs programs. */
export class ExecutorStatus implements vscode.Disposable {
  #item: vscode.LanguageStatusItem | undefined;

  show(state: ExecutorState): void {
    this.#item ??= vscode.languages.createLanguageStatusItem('wasi-workbench.executor', statusDocuments);
    this.#item.name = vscode.l10n.t('WASI Executor');
    this.#item.text = textOf(state);
    this.#item.busy = state === 'starting';
    this.#item.severity =
      state === 'crashed' ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
    this.#item.command = { command: commands.showLog.id, title: vscode.l10n.t('Show Log') };
  }

  /** What the user reads, for tests. */
  get text(): string | undefined {
    return this.#item?.text;
  }

  dispose(): void {
    this.#item?.dispose();
  }
}

function textOf(state: ExecutorState): string {
  switch (state) {
    case 'starting':
      return vscode.l10n.t('The process that runs programs is starting');
    case 'ready':
      return vscode.l10n.t('The process that runs programs is ready');
    case 'resting':
      return vscode.l10n.t('The process that runs programs starts with the next run');
    case 'crashed':
      return vscode.l10n.t('The process that runs programs crashed, and starts again with the next run');
  }
}
