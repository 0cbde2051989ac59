import * as vscode from 'vscode';
import { contextKeys } from './manifest/contextKeys.ts';

/** Says something of the window to when clauses and to the walkthrough. */
export function setContextKey(key: keyof typeof contextKeys, value: boolean | string = true): void {
  void vscode.commands.executeCommand('setContext', contextKeys[key], value);
}
