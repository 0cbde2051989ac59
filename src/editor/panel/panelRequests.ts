import * as vscode from 'vscode';
import type { PanelRequest } from '../../shared/panelMessages.ts';
import type { StreamName } from '../../shared/panelStream.ts';
import { decodeUtf8 } from '../../shared/text.ts';
import { runAgain, type Workbench } from '../commands.ts';
import { commandOfAction } from '../errorActions.ts';
import { commands } from '../manifest/commands.ts';
import { showOpened } from '../profile/openProfile.ts';
import { answerProfile, sysroot } from '../profile/profileRequests.ts';
import { openSource } from '../profile/sourceFile.ts';
import type { Finished } from '../run/runner.ts';
import type { PanelModel } from './panelModel.ts';

/** Does what the panel asks for. */
export async function answerPanel(
  request: PanelRequest,
  workbench: Workbench,
  model: PanelModel,
): Promise<void> {
  const last = workbench.runner.last;
  switch (request.type) {
    case 'ready':
      // After a reload nothing has run yet in this window, and the panel keeps what it showed.
      if (model.run !== null) model.show();
      showOpened(workbench);
      return;
    case 'run':
      return runAgain(workbench);
    case 'runWithInput':
      return vscode.commands.executeCommand(commands.runWithInput.id, workbench.lastPlan.get());
    case 'stop':
      workbench.runner.stop();
      return;
    case 'act': {
      const action = last?.error?.actions[request.action];
      if (action === undefined) return;
      const { command, arguments: given = [] } = commandOfAction(action);
      await vscode.commands.executeCommand(command, ...(given as unknown[]));
      return;
    }
    case 'openFrame': {
      const frame = last?.error?.backtrace[request.frame];
      if (!last || frame === undefined || frame.file === null) return;
      const { crateDir } = last.plan;
      return openSource({ ...frame, file: frame.file }, crateDir, () => sysroot(workbench, crateDir));
    }
    case 'openStream':
      return openText(textOf(last, request.stream));
    case 'copyStream':
      return vscode.env.clipboard.writeText(textOf(last, request.stream));
    case 'runProfiled':
      return vscode.commands.executeCommand(commands.runProfiled.id);
    case 'profile':
    case 'saveProfile':
    case 'openSource':
      return answerProfile(request, workbench);
    case 'closeSaved':
      workbench.profiles.opened = undefined;
      model.show();
      return;
  }
}

function textOf(last: Finished | undefined, stream: StreamName): string {
  return last?.result ? decodeUtf8(last.result[stream]) : '';
}

async function openText(content: string): Promise<void> {
  const language = /^\s*[{[]/.test(content) ? 'json' : 'plaintext';
  const document = await vscode.workspace.openTextDocument({ content, language });
  await vscode.window.showTextDocument(document);
}
