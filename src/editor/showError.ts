import * as vscode from 'vscode';
import { asErrorValue, type ErrorValue } from '../shared/workbenchError.ts';
import { commandOfAction } from './errorActions.ts';
import { commands } from './manifest/commands.ts';

/** Next steps that only an editor has. */
function buttonsOf(code: ErrorValue['code']): vscode.Command[] {
  if (code === 'untrusted-workspace') {
    return [{ title: vscode.l10n.t('Manage Trust'), command: 'workbench.trust.manage' }];
  }
  if (code !== 'crate-not-found') return [];
  return [{ title: vscode.l10n.t('Create Sample Program…'), command: commands.createSample.id }];
}

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
function showError(log: vscode.LogOutputChannel, error: ErrorValue): void {
  log.error(`${error.code}: ${error.message}${error.cause === null ? '' : `\n${error.cause}`}`);
  const buttons = [...buttonsOf(error.code), ...error.actions.map(commandOfAction)];
  const text = [error.message, error.hint].filter((part) => part !== null).join(' ');
  void vscode.window.showErrorMessage(text, ...buttons).then((chosen) => {
    if (chosen)
      void vscode.commands.executeCommand(chosen.command, ...((chosen.arguments ?? []) as unknown[]));
  });
}
