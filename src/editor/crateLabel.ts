import * as vscode from 'vscode';

/** A crate's folder as people call it: relative to its workspace folder, whose name it is where it is that folder. */
export function crateLabel(crateDir: string): string {
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(crateDir));
  return folder?.uri.fsPath === crateDir ? folder.name : vscode.workspace.asRelativePath(crateDir, true);
}
