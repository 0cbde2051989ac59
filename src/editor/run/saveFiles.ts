import { basename } from 'node:path';
import * as vscode from 'vscode';
import { isBelow } from '../../shared/isBelow.ts';
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
    dirty.map(async (document) => ((await isSaved(document)) ? null : document)),
  );
  const unsaved = saved.find((document) => document !== null);
  if (unsaved) {
    throw new WorkbenchError('build-cancelled', `${basename(unsaved.uri.fsPath)} could not be saved.`, {
      hint: 'Save it yourself, then run again.',
    });
  }
}

/** Saves a document. Once more where that fails, since the editor refuses while it saves or undoes something itself. */
async function isSaved(document: vscode.TextDocument): Promise<boolean> {
  for (const waitMs of [0, 300]) {
    await new Promise((next) => setTimeout(next, waitMs));
    if ((await document.save()) || !document.isDirty || document.isClosed) return true;
  }
  return false;
}

function isSource(document: vscode.TextDocument): boolean {
  return document.languageId === 'rust' || basename(document.uri.fsPath) === 'Cargo.toml';
}
