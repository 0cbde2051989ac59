import type * as vscode from 'vscode';
import type { RunPlan } from './plan.ts';

const key = 'lastPlan';

/** The plan of the last run, which outlives a reload of the window so that the panel can run it again. */
export interface LastPlan {
  get(): RunPlan | undefined;
  set(plan: RunPlan): Promise<void>;
}

export function lastPlanOf(state: vscode.Memento): LastPlan {
  return {
    get: () => state.get<RunPlan>(key),
    set: async (plan) => state.update(key, plan),
  };
}
