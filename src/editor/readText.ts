import { readdir, readFile } from 'node:fs/promises';
import * as vscode from 'vscode';

/** A file's text as the user sees it: the editor's where it is open, else the disk's; undefined where neither. */
export async function readText(path: string): Promise<string | undefined> {
  return openText(path) ?? readSaved(path);
}

/** A file's text in the editor; undefined where it is not open. */
export function openText(path: string): string | undefined {
  return vscode.workspace.textDocuments
    .find(({ uri }) => uri.scheme === 'file' && uri.fsPath === path)
    ?.getText();
}

/** A file's text as it is on the disk; undefined where there is none. */
export async function readSaved(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The names in a folder; none where there is no such folder. */
export async function listFolder(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch {
    return [];
  }
}
