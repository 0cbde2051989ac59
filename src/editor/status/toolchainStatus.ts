import * as vscode from 'vscode';
import { asErrorValue, type ErrorValue } from '../../shared/workbenchError.ts';
import { runSettings } from '../configuration.ts';
import { commandOfAction } from '../errorActions.ts';
import { commands } from '../manifest/commands.ts';
import { section } from '../manifest/settings.ts';
import type { Finished } from '../run/runner.ts';
import type { Services } from '../services.ts';
import { setContextKey } from '../setContextKey.ts';
import { statusDocuments } from './statusDocuments.ts';
import { toolchainState, type ToolchainState } from './toolchainState.ts';

/** Milliseconds after a program was shown: rustc is asked once the editor has come to rest. */
const settleMs = 10_000;

/**
 * Beside the language's name: whether the crate at hand can be built, or what is missing and the button that mends it.
 * Nothing of a folder that isn't trusted is asked for, since rustup may be told by the folder what to run.
 */
export class ToolchainStatus implements vscode.Disposable {
  readonly #services: Services;
  readonly #item = vscode.languages.createLanguageStatusItem('wasi-workbench.toolchain', statusDocuments);
  readonly #disposables: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  #crateDir: string | undefined;
  /** Only the last look counts: crates may be switched while rustc is asked. */
  #looks = 0;

  constructor(services: Services) {
    this.#services = services;
    this.#item.name = vscode.l10n.t('WASI Toolchain');
    this.#item.text = vscode.l10n.t('The toolchain has not been looked at yet');
    this.#item.command = { command: commands.installTargets.id, title: vscode.l10n.t('Look Now') };
    this.#disposables = vscode.Disposable.from(
      this.#item,
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(section) && this.#crateDir !== undefined)
          void this.look(this.#crateDir);
      }),
      { dispose: () => clearTimeout(this.#timer) },
    );
  }

  /** A program is before the user. A crate that was looked at already costs nothing. */
  lookSoon(crateDir: string): void {
    if (crateDir === this.#crateDir || !vscode.workspace.isTrusted) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.look(crateDir), settleMs);
  }

  /** Asks a crate's toolchain, and shows what it says. Never rejects. */
  async look(crateDir: string): Promise<void> {
    if (!vscode.workspace.isTrusted) return;
    clearTimeout(this.#timer);
    const look = ++this.#looks;
    this.#crateDir = crateDir;
    this.#item.busy = true;
    try {
      const toolchain = await (await this.#services.compiler()).toolchain(crateDir);
      if (look === this.#looks) this.#show(toolchainState(toolchain, runSettings(crateDir).target));
    } catch (error) {
      if (look === this.#looks) this.#showError(asErrorValue(error));
    } finally {
      if (look === this.#looks) this.#item.busy = false;
    }
  }

  /** A build may have found, or mended, what the last look did not see; most have nothing new to tell. */
  builtIn({ plan, result }: Pick<Finished, 'plan' | 'result'>): void {
    if (plan.wasmFile !== undefined) return;
    const isReady = this.#item.severity === vscode.LanguageStatusSeverity.Information;
    if (plan.crateDir !== this.#crateDir || isReady === (result === null)) void this.look(plan.crateDir);
  }

  /** What the user reads, for tests. */
  get shown(): Pick<vscode.LanguageStatusItem, 'text' | 'detail' | 'severity' | 'command'> {
    return this.#item;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #show({ rustVersion, target, isInstalled, othersMissing }: ToolchainState): void {
    const { Information, Warning } = vscode.LanguageStatusSeverity;
    if (isInstalled) setContextKey('targetReady');
    this.#item.severity = isInstalled ? Information : Warning;
    this.#item.text = isInstalled
      ? vscode.l10n.t('Rust {0} can build for {1}', rustVersion, target)
      : vscode.l10n.t('Rust {0} lacks the target {1}', rustVersion, target);
    this.#item.detail =
      othersMissing.length === 0 ? '' : vscode.l10n.t('{0} is not installed', othersMissing.join(', '));
    this.#item.command = isInstalled
      ? { command: commands.chooseTarget.id, title: vscode.l10n.t('Choose Target') }
      : { command: commands.installTargets.id, title: vscode.l10n.t('Install') };
  }

  #showError({ message, hint, actions }: ErrorValue): void {
    this.#item.severity = vscode.LanguageStatusSeverity.Error;
    this.#item.text = message;
    this.#item.detail = hint ?? '';
    const [action] = actions;
    this.#item.command = action
      ? commandOfAction(action)
      : { command: commands.showLog.id, title: vscode.l10n.t('Show Log') };
  }
}
