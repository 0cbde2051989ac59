import * as vscode from 'vscode';
import { WorkbenchError } from '../shared/workbenchError.ts';

/** Building executes a crate's own build scripts and macros, so every command that builds or runs calls this first. */
export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new WorkbenchError(
    'untrusted-workspace',
    'This folder is not trusted, so nothing in it is built or run.',
    {
      cause: 'Building a crate executes its build scripts and macros with your rights.',
      hint: 'Trust the folder if you know where its code comes from.',
    },
  );
}
