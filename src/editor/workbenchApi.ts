import type { PanelRun } from '../shared/panelMessages.ts';
import type { RunPlan } from './run/plan.ts';
import type { Finished } from './run/runner.ts';

/** What `activate` returns: the runner, for tests inside the editor and for other extensions. */
export interface WorkbenchApi {
  /** Milliseconds that `activate` took. */
  readonly activationMs: number;
  /** Which of the services that load on demand were asked for so far. */
  loadedServices(): string[];
  /** Builds and runs a program, shown in the panel's state; never rejects for what goes wrong. */
  run(plan: RunPlan): Promise<Finished>;
  stop(): void;
  /** The last run that ended. */
  lastRun(): Finished | undefined;
  /** What the panel shows, or would. */
  shownRun(): PanelRun | null;
}
