import * as vscode from 'vscode';
import type { BuildEvents, BuildResult } from '../../compiler/buildRequest.ts';
import type { Compiler } from '../../compiler/compiler.ts';
import type { CargoDiagnostic } from '../../compiler/cargoMessages.ts';
import type { Target } from '../../shared/target.ts';
import {
  asErrorValue,
  type ErrorAction,
  type ErrorValue,
  WorkbenchError,
} from '../../shared/workbenchError.ts';
import { installPrompts, type RunSettings } from '../configuration.ts';
import type { Problems } from '../problems/problems.ts';
import type { Outcomes } from '../languageServer/outcomes.ts';
import type { Services } from '../services.ts';
import type { BuildPlan } from './plan.ts';
import { requireTrust } from '../trust.ts';
import { saveFiles } from './saveFiles.ts';

/** Builds crates for commands: saves first, shows problems, and offers to install a target that is missing. */
export class ProgramBuilder {
  readonly #services: Services;
  readonly #problems: Problems;
  readonly #outcomes: Outcomes;
  readonly #log: vscode.LogOutputChannel;
  /** Targets that the user would not have installed, and is not asked about again in this window. */
  readonly #declined = new Set<string>();

  constructor(services: Services, problems: Problems, outcomes: Outcomes, log: vscode.LogOutputChannel) {
    this.#services = services;
    this.#problems = problems;
    this.#outcomes = outcomes;
    this.#log = log;
  }

  /** @throws WorkbenchError what the compiler throws, or `untrusted-workspace`. */
  async build(
    plan: BuildPlan,
    settings: RunSettings,
    events: BuildEvents,
    signal: AbortSignal,
  ): Promise<BuildResult> {
    requireTrust();
    await saveFiles(plan.crateDir);
    const compiler = await this.#services.compiler();
    const target = plan.target ?? settings.target;
    const mayAsk = installPrompts() && !this.#declined.has(target);
    const attempt = (adapt: boolean) =>
      this.#attempt(compiler, { plan, target, settings, adapt }, events, signal);
    try {
      return await attempt(!mayAsk);
    } catch (thrown) {
      const missing = missingTarget(thrown);
      if (missing === null || !mayAsk || signal.aborted) throw thrown;
      const answer = await this.#offerInstall(missing, signal);
      if (answer === 'stopped') throw thrown;
      if (answer === 'install') await this.install(missing.target, missing.toolchain, signal);
      else this.#declined.add(target);
      // Where it was declined, another target's build may still make up for it.
      return await attempt(true);
    }
  }

  /** `rustup target add`, with its progress shown and a Cancel button. */
  async install(target: string, toolchain: string | null, signal: AbortSignal): Promise<void> {
    const compiler = await this.#services.compiler();
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Installing the target {0}', target),
      cancellable: true,
    };
    await vscode.window.withProgress(options, async (progress, token) => {
      const cancel = new AbortController();
      token.onCancellationRequested(() => cancel.abort());
      const onLine = (line: string) => {
        this.#log.info(`rustup: ${line}`);
        progress.report({ message: line });
      };
      await compiler.installTarget(target, toolchain, { onLine }, AbortSignal.any([signal, cancel.signal]));
    });
  }

  async #attempt(
    compiler: Compiler,
    { plan, target, settings, adapt }: Attempt,
    events: BuildEvents,
    signal: AbortSignal,
  ): Promise<BuildResult> {
    const diagnostics: CargoDiagnostic[] = [];
    const request = {
      crateDir: plan.crateDir,
      target,
      runnable: plan.runnable,
      profile: settings.buildProfile,
      extraArgs: settings.extraArguments,
      optimise: plan.optimise ?? false,
      lineTables: plan.lineTables ?? false,
      adapt,
    };
    const seen: BuildEvents = {
      ...events,
      onDiagnostic: (diagnostic) => {
        diagnostics.push(diagnostic);
        events.onDiagnostic?.(diagnostic);
      },
      onLine: (line) => {
        this.#log.info(line);
        events.onLine?.(line);
      },
    };
    let error: ErrorValue | null = null;
    try {
      return await compiler.build(request, seen, signal);
    } catch (thrown) {
      error = asErrorValue(thrown);
      throw thrown;
    } finally {
      // A cancelled build has seen only a part; what an earlier one found then still stands.
      if (!signal.aborted) {
        this.#outcomes.ended({ crateDir: plan.crateDir, error, run: null });
        await this.#problems.replace(plan.crateDir, diagnostics);
      }
    }
  }

  async #offerInstall({ target }: InstallTarget, signal: AbortSignal): Promise<InstallAnswer> {
    const question = vscode.l10n.t(
      'The Rust target {0} is not installed. rustup can install it; it takes some seconds.',
      target,
    );
    const install = vscode.l10n.t('Install');
    // A message may stand unanswered for hours; Stop, and the next run, must not wait for it.
    const stopped = new Promise<InstallAnswer>((resolve) => {
      signal.addEventListener('abort', () => resolve('stopped'), { once: true });
    });
    const asked = vscode.window.showWarningMessage(question, install, vscode.l10n.t('Not Now'));
    return Promise.race([asked.then((chosen) => (chosen === install ? 'install' : undefined)), stopped]);
  }
}

interface Attempt {
  readonly plan: BuildPlan;
  readonly target: Target;
  readonly settings: RunSettings;
  readonly adapt: boolean;
}

/** Undefined where it was declined, or the message closed. */
type InstallAnswer = 'install' | 'stopped' | undefined;

type InstallTarget = Extract<ErrorAction, { kind: 'install-target' }>;

function missingTarget(thrown: unknown): InstallTarget | null {
  if (!(thrown instanceof WorkbenchError) || thrown.value.code !== 'target-not-installed') return null;
  return thrown.value.actions.find((action) => action.kind === 'install-target') ?? null;
}
