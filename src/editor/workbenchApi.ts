import type { LanguageStatusItem, TestController } from 'vscode';
import type { PanelRun } from '../shared/panelRun.ts';
import type { RunPlan } from './run/plan.ts';
import type { Finished } from './run/runner.ts';

/** What `activate` returns: the runner, for tests inside the editor and for other extensions. */
export interface WorkbenchApi {
  /** Milliseconds that `activate` took. */
  readonly activationMs: number;
  /** Which of the services that load on demand were asked for so far. */
  readonly loadedServices: () => string[];
  /** Builds and runs a program, shown in the panel's state; never rejects for what goes wrong. */
  readonly run: (plan: RunPlan) => Promise<Finished>;
  readonly stop: () => void;
  /** The last run that ended. */
  readonly lastRun: () => Finished | undefined;
  /** What the panel shows, or would. */
  readonly shownRun: () => PanelRun | null;
  /** The language server's process; undefined while there is none. */
  readonly serverProcess: () => Promise<number | undefined>;
  /** What stands beside the language's name of the crate's toolchain. */
  readonly toolchainStatus: () => Pick<LanguageStatusItem, 'text' | 'detail' | 'severity' | 'command'>;
  /** And of the process that runs programs; undefined before the first run. */
  readonly executorStatus: () => string | undefined;
  /** That process; undefined while there is none. */
  readonly executorProcess: () => Promise<number | undefined>;
  /** The saved cases as the Testing view has them. */
  readonly tests: TestController;
  /** Sets what **Set Secret…** asks for; an empty value forgets it. */
  readonly setSecret: (crateDir: string, name: string, value: string) => Promise<void>;
}
