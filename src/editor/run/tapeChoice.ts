import * as vscode from 'vscode';
import { type TapeMode, tapeModes } from '../../cassette/taping.ts';
import { commands } from '../manifest/commands.ts';
import { setContextKey } from '../setContextKey.ts';

const key = 'tapeMode';

/**
 * Whether this window's runs are recorded or replayed, which the user switches; kept with the workspace, and in the
 * status bar while it isn't off. Off leaves it to saved cases.
 */
export class TapeChoice implements vscode.Disposable {
  readonly #state: vscode.Memento;
  #status: vscode.StatusBarItem | undefined;

  constructor(state: vscode.Memento) {
    this.#state = state;
    this.#show();
  }

  get mode(): TapeMode {
    const kept = this.#state.get<string>(key);
    return tapeModes.find((mode) => mode === kept) ?? 'off';
  }

  /** Undefined leaves it to the case. */
  get asked(): { readonly tapeMode?: TapeMode } {
    return this.mode === 'off' ? {} : { tapeMode: this.mode };
  }

  async choose(): Promise<void> {
    const items = tapeModes.map((mode) => ({ mode, ...describe(mode, mode === this.mode) }));
    const placeHolder = vscode.l10n.t(
      'HTTP, clocks and random numbers of runs, in a file beside the saved inputs',
    );
    const chosen = await vscode.window.showQuickPick(items, { placeHolder });
    if (chosen) await this.set(chosen.mode);
  }

  async set(mode: TapeMode): Promise<void> {
    await this.#state.update(key, mode);
    this.#show();
  }

  dispose(): void {
    this.#status?.dispose();
  }

  #show(): void {
    const { mode } = this;
    setContextKey('tapeMode', mode);
    this.#status?.dispose();
    this.#status = undefined;
    if (mode === 'off') return;
    const status = vscode.window.createStatusBarItem('wasi-workbench.tape', vscode.StatusBarAlignment.Left);
    status.name = vscode.l10n.t('WASI Record and Replay');
    status.text =
      mode === 'record'
        ? `$(record) ${vscode.l10n.t('WASI records')}`
        : `$(history) ${vscode.l10n.t('WASI replays')}`;
    status.tooltip = describe(mode, false).detail;
    status.command = commands.chooseTapeMode.id;
    status.show();
    this.#status = status;
  }
}

function describe(mode: TapeMode, current: boolean): { label: string; description: string; detail: string } {
  const description = current ? vscode.l10n.t('current') : '';
  switch (mode) {
    case 'off':
      return {
        label: `$(circle-slash) ${vscode.l10n.t('Off')}`,
        description,
        detail: vscode.l10n.t('Runs reach the network, but cases that name a cassette are replayed from it.'),
      };
    case 'record':
      return {
        label: `$(record) ${vscode.l10n.t('Record')}`,
        description,
        detail: vscode.l10n.t('Runs reach the network, and what they get is kept. Secrets are left out.'),
      };
    case 'replay':
      return {
        label: `$(history) ${vscode.l10n.t('Replay')}`,
        description,
        detail: vscode.l10n.t('Runs get what was recorded, without a network, and use the same fuel.'),
      };
  }
}
