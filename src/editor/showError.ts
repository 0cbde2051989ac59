import * as vscode from 'vscode';
import { asErrorValue, type ErrorValue } from '../shared/workbenchError.ts';
import { commandOfAction } from './errorActions.ts';

const manageTrust: vscode.Command = { title: 'Manage Trust', command: 'workbench.trust.manage' };

/** Calls something for the user; what it throws is logged and shown with its next steps. */
export async function reportingErrors(
  log: vscode.LogOutputChannel,
  work: () => Promise<void> | void,
): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    showError(log, asErrorValue(thrown));
  }
}

/** A message with the error's hint and a button for each action. Returns at once; the message stays. */
export function showError(log: vscode.LogOutputChannel, error: ErrorValue): void {
  log.error(`${error.code}: ${error.message}${error.cause === null ? '' : `\n${error.cause}`}`);
  const buttons = error.code === 'untrusted-workspace' ? [manageTrust] : error.actions.map(commandOfAction);
  const text = [error.message, error.hint].filter((part) => part !== null).join(' ');
  void vscode.window.showErrorMessage(text, ...buttons).then((chosen) => {
    if (chosen)
      void vscode.commands.executeCommand(chosen.command, ...((chosen.arguments ?? []) as unknown[]));
  });
}
