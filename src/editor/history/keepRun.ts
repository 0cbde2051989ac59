import type { Secrets } from '../secrets/secrets.ts';
import type { PanelModel } from '../panel/panelModel.ts';
import type { Finished } from '../run/runner.ts';
import { inputDigest } from './identity.ts';
import type { RunHistory } from './runHistory.ts';

const nothing = new Uint8Array();

/** Keeps a run that has ended, and tells the panel what became of its fuel since the runs before. */
export async function keepRun(
  { run, plan, prepared, result, error }: Finished,
  history: RunHistory,
  secrets: Secrets,
  model: PanelModel,
): Promise<void> {
  const names = new Set((await secrets.all()).map(({ name }) => name));
  const change = await history.add({
    run,
    identity: {
      crateDir: plan.crateDir,
      program: JSON.stringify([plan.runnable.kind, plan.runnable.name, plan.wasmFile ?? null]),
      target: run.target,
      fuelModel: run.fuelModel,
      input: prepared === null ? null : inputDigest(prepared, names),
    },
    plan,
    error,
    streams: { output: result?.output ?? nothing, stderr: result?.stderr ?? nothing },
    profile: result?.profile ?? null,
  });
  model.amend(run.id, change);
}
