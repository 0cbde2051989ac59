import { join } from 'node:path';
import * as vscode from 'vscode';
import type { PanelRequest } from '../../shared/panelMessages.ts';
import type { StreamName } from '../../shared/panelStream.ts';
import { decodeUtf8 } from '../../shared/text.ts';
import { WorkbenchError } from '../../shared/workbenchError.ts';
import { commandOfAction } from '../errorActions.ts';
import type { RunDocuments } from '../history/runDocuments.ts';
import type { RunHistory } from '../history/runHistory.ts';
import type { KeptRun } from '../history/runRecord.ts';
import { commands } from '../manifest/commands.ts';
import { showOpened } from '../profile/openProfile.ts';
import { answerProfile, sysroot } from '../profile/profileRequests.ts';
import { openSource } from '../profile/sourceFile.ts';
import { programOf, type ChosenProgram } from '../run/plan.ts';
import { runAgain } from '../run/startRun.ts';
import type { Workbench } from '../workbench.ts';
import type { ShownRun } from './shownRun.ts';

/** What the panel's requests act on, besides what commands do. */
export interface PanelParts {
  readonly workbench: Workbench;
  readonly documents: RunDocuments;
  readonly shown: ShownRun;
}

/** Does what the panel asks for. */
export async function answerPanel(
  request: PanelRequest,
  { workbench, documents, shown }: PanelParts,
): Promise<void> {
  const { history } = workbench;
  switch (request.type) {
    case 'ready':
      await shown.welcome(request.run);
      showOpened(workbench);
      return;
    case 'run':
      return runAgain(workbench);
    case 'stop':
      workbench.runner.stop();
      return;
    case 'command':
      if (request.command === 'clearRuns') return history.clear();
      if (request.command === 'saveRun') {
        return vscode.commands.executeCommand(commands.saveRun.id, request.run);
      }
      return vscode.commands.executeCommand(
        commands[request.command].id,
        await programOfRun(request.run, workbench),
      );
    case 'runProfiled':
      return vscode.commands.executeCommand(commands.runProfiled.id);
    case 'profile':
    case 'saveProfile':
    case 'workerBuild':
    case 'openSource':
      return answerProfile(request, workbench);
    case 'closeSaved':
      workbench.profiles.close();
      return shown.showAgain();
    case 'showRun':
      return shown.show(request.run);
    case 'repeatRun':
      return repeat(request.run, workbench);
    case 'pinRun':
      return history.togglePin(request.run);
    case 'removeRun':
      return history.remove(request.run);
    case 'readStream':
      return shown.sendContent(request.run, request.stream);
  }
  const run = await keptRun(history, request.run);
  switch (request.type) {
    case 'act': {
      const action = run.record.error?.actions[request.action];
      if (action === undefined) return;
      const { crateDir } = run.record.identity;
      if (action.kind === 'show-source') {
        return openSource(action, crateDir, () => sysroot(workbench, crateDir));
      }
      // What is done about a run of long ago is followed by that run again, not by the last one.
      if (run.record.plan) await workbench.lastPlan.set(run.record.plan);
      const again = action.kind === 'run-with-input' ? [await programOfRun(request.run, workbench)] : [];
      const { command, arguments: given = again } = commandOfAction(action);
      await vscode.commands.executeCommand(command, ...(given as unknown[]));
      return;
    }
    case 'openFrame': {
      const frame = run.record.error?.backtrace[request.frame];
      if (frame === undefined || frame.file === null) return;
      const { crateDir } = run.record.identity;
      return openSource({ ...frame, file: frame.file }, crateDir, () => sysroot(workbench, crateDir));
    }
    case 'openStream':
      return documents.open(run.record, request.stream);
    case 'copyStream':
      return vscode.env.clipboard.writeText(decodeUtf8(await run.stream(request.stream)));
    case 'saveStream':
      return save(run, request.stream);
    case 'compare': {
      // It has a library with it that nothing else needs.
      const { compareRuns } = await import('../history/compareRuns.ts');
      shown.compare(await compareRuns(run, await keptRun(history, request.other)));
      return;
    }
    case 'diff':
      return documents.diff(run.record, (await keptRun(history, request.other)).record, request.stream);
  }
}

/** The program of a run that is kept, or that still goes on, as commands take it; undefined where none is named. */
async function programOfRun(
  id: string | undefined,
  workbench: Workbench,
): Promise<ChosenProgram | undefined> {
  if (id === undefined) return undefined;
  const plan = (await workbench.history.get(id))?.record.plan ?? workbench.lastPlan.get();
  return plan && programOf(plan);
}

async function keptRun(history: RunHistory, id: string): Promise<KeptRun> {
  const run = await history.get(id);
  if (run) return run;
  throw new WorkbenchError('usage', 'This run is no longer kept.', {
    hint: 'Run it again. Runs that matter can be pinned in the list of runs.',
  });
}

/** Runs what an earlier run did. */
async function repeat(id: string, workbench: Workbench): Promise<void> {
  const kept = await workbench.history.get(id);
  // A run that hasn't ended, or was removed, is the last one that was asked for.
  if (kept === undefined) return runAgain(workbench);
  if (kept.record.plan === null) {
    throw new WorkbenchError(
      'usage',
      'This run can’t be repeated: its input held a secret, so it was not kept.',
      {
        hint: 'Use “Run with Input…”.',
      },
    );
  }
  await workbench.lastPlan.set(kept.record.plan);
  await runAgain(workbench);
}

async function save(run: KeptRun, stream: StreamName): Promise<void> {
  const bytes = await run.stream(stream);
  const ending = /^\s*[{[]/.test(decodeUtf8(bytes.subarray(0, 1000))) ? 'json' : 'txt';
  const name = `${run.record.run.program}-${stream}.${ending}`;
  const defaultUri = vscode.Uri.file(join(run.record.identity.crateDir, name));
  const target = await vscode.window.showSaveDialog({
    defaultUri,
    title: vscode.l10n.t('Save what the program wrote'),
  });
  if (target) await vscode.workspace.fs.writeFile(target, bytes);
}
