import { basename, relative, isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { WorkbenchError } from '../../shared/workbenchError.ts';

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
    dirty.map(async (document) => {
      const done = await document.save();
      // An automatic save that came first makes ours report that it did nothing.
      return done || !document.isDirty ? null : document;
    }),
  );
  const unsaved = saved.find((document) => document !== null);
  if (unsaved) {
    throw new WorkbenchError('build-cancelled', `${basename(unsaved.uri.fsPath)} could not be saved.`, {
      hint: 'Save it yourself, then run again.',
    });
  }
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return !way.startsWith('..') && !isAbsolute(way);
}

function isSource(document: vscode.TextDocument): boolean {
  return document.languageId === 'rust' || basename(document.uri.fsPath) === 'Cargo.toml';
}
