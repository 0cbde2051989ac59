import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import type { PanelRequest } from '../../shared/panelMessages.ts';
import type { StreamName } from '../../shared/panelStream.ts';
import { decodeUtf8 } from '../../shared/text.ts';
import type { Frame } from '../../shared/workbenchError.ts';
import { runAgain, type Workbench } from '../commands.ts';
import { commandOfAction } from '../errorActions.ts';
import { commands } from '../manifest/commands.ts';
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
      if (last && frame) await openFrame(frame, last.plan.crateDir);
      return;
    }
    case 'openStream':
      return openText(textOf(last, request.stream));
    case 'copyStream':
      return vscode.env.clipboard.writeText(textOf(last, request.stream));
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

/** Line tables name files as rustc was given them: often relative to the workspace, which is at or above the crate. */
async function openFrame({ file, line, column }: Frame, crateDir: string): Promise<void> {
  if (file === null) return;
  let path = isAbsolute(file) ? file : join(crateDir, file);
  for (let dir = crateDir; !existsSync(path) && dirname(dir) !== dir; dir = dirname(dir)) {
    path = join(dirname(dir), file);
  }
  const start = new vscode.Position((line ?? 1) - 1, (column ?? 1) - 1);
  await vscode.window.showTextDocument(vscode.Uri.file(path), {
    selection: new vscode.Range(start, start),
    viewColumn: vscode.ViewColumn.One,
  });
}
