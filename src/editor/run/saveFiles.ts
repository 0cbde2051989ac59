import { basename, relative, isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { WorkbenchError } from '../../shared/workbenchError.ts';

const attempts = 4;
const pauseMs = 50;

/**
 * Saves what a build of a crate could read: every file below it, and, since it may depend on its neighbours,
 * Rust sources and manifests of the workspace.
 *
 * @throws WorkbenchError `build-cancelled` where a file could not be saved: a build would show an old state.
 */
export async function saveFiles(crateDir: string): Promise<void> {
  const dirty = vscode.workspace.textDocuments.filter(
    (document) =>
      document.isDirty &&
      document.uri.scheme === 'file' &&
      (isBelow(document.uri.fsPath, crateDir) || isSource(document)),
  );
  const saved = await Promise.all(
    dirty.map(async (document) => ((await isSaved(document)) ? null : document)),
  );
  const unsaved = saved.find((document) => document !== null);
  if (unsaved) {
    throw new WorkbenchError('build-cancelled', `${basename(unsaved.uri.fsPath)} could not be saved.`, {
      hint: 'Save it yourself, then run again.',
    });
  }
}

/** An automatic save that is under way makes ours report that it did nothing, so that one is tried again. */
async function isSaved(document: vscode.TextDocument): Promise<boolean> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    if ((await document.save()) || !document.isDirty) return true;
    await new Promise((next) => setTimeout(next, pauseMs));
  }
  return false;
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return !way.startsWith('..') && !isAbsolute(way);
}

function isSource(document: vscode.TextDocument): boolean {
  return document.languageId === 'rust' || basename(document.uri.fsPath) === 'Cargo.toml';
}
