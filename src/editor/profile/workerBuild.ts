import * as vscode from 'vscode';
import { caseRequest } from '../../cases/caseRunner.ts';
import { priceOf } from '../../executor/outcome/price.ts';
import { priceConstants } from '../../executor/outcome/workerAnswer.ts';
import type { WorkerBuild } from '../../shared/panelProfile.ts';
import { WorkbenchError } from '../../shared/workbenchError.ts';
import { runSettings } from '../configuration.ts';
import type { RunPlan } from '../run/plan.ts';
import { prepareRun } from '../run/prepareRun.ts';
import type { Workbench } from '../workbench.ts';

/**
 * Builds a program as the OutLayer worker does, and runs it on the same input. The panel goes on showing the run
 * that it shows.
 *
 * @throws WorkbenchError what a build or a run's preparation throws, or the error that the run ended in
 */
export async function runWorkerBuild(
  { services, builder, cases, secrets }: Workbench,
  plan: RunPlan,
): Promise<WorkerBuild> {
  const settings = runSettings(plan.crateDir);
  const prepared = await prepareRun(plan, settings, cases, secrets, {});
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Building {0} as the OutLayer worker does', plan.runnable.name),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (_progress, token) => {
    const cancel = new AbortController();
    token.onCancellationRequested(() => cancel.abort());
    const wanted = { ...plan, target: prepared.target, optimise: true, lineTables: false };
    const built = await builder.build(wanted, settings, {}, cancel.signal);
    const profileKind = prepared.profileKind ?? settings.profileKind;
    const request = { ...caseRequest(prepared, built, profileKind), name: plan.runnable.name };
    const result = await (await services.executor()).run(request, {}, cancel.signal);
    if (result.error !== null)
      throw new WorkbenchError(result.error.code, result.error.message, result.error);
    return {
      fuel: result.fuel,
      bytes: built.wasm.length,
      bytesBefore: built.optimised?.bytesBefore ?? null,
      optimiser: built.optimised?.optimiser ?? null,
      // By the constants as they are set now; compiled before, as the worker has it from the second run on.
      price: priceOf(
        { instructions: result.fuel, timeMs: result.runMs, compileMs: 0 },
        priceConstants(request.options.outlayer?.run.price),
      ),
    };
  });
}
