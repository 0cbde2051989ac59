import { createHash } from 'node:crypto';
import type { TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { FileChange, Fix } from '../diagnostics/fix.ts';
import { uriOfPath } from './paths.ts';
import type { Texts } from './snapshotFiles.ts';

/** A fix on its way through the editor and back, with what the files it changes must still be. */
export interface PendingFix {
  readonly fix: Fix;
  /** SHA-256 of each file's text as it was checked, by path; null for a file that must not exist. */
  readonly digests: Readonly<Record<string, string | null>>;
}

/** @param texts the files as they were checked */
export function pendingFix(fix: Fix, texts: Texts): PendingFix {
  const digests: Record<string, string | null> = {};
  for (const path of filesBefore(fix.changes)) digests[path] = digest(texts.get(path));
  for (const path of filesMade(fix.changes)) digests[path] = null;
  return { fix, digests };
}

/**
 * The fix as one edit.
 *
 * @param version of an open document; null for a file that isn't open
 * @throws ResponseError `ContentModified` where a file isn't as it was checked
 */
export async function workspaceEditOf(
  { fix, digests }: PendingFix,
  readNow: (path: string) => Promise<string | undefined>,
  version: (path: string) => number | null,
): Promise<WorkspaceEdit> {
  for (const [path, expected] of Object.entries(digests)) {
    if (digest(await readNow(path)) === expected) continue;
    throw new ResponseError(LSPErrorCodes.ContentModified, `${path} has changed since it was checked.`);
  }
  return { documentChanges: fix.changes.flatMap((change) => protocolChanges(change, version)) };
}

type DocumentChange = NonNullable<WorkspaceEdit['documentChanges']>[number];

function protocolChanges(change: FileChange, version: (path: string) => number | null): DocumentChange[] {
  switch (change.kind) {
    case 'edit':
      return [textEdit(change.file, version(change.file), [...change.edits])];
    case 'create': {
      const start = { line: 0, character: 0 };
      return [
        { kind: 'create', uri: uriOfPath(change.file), options: { overwrite: false } },
        textEdit(change.file, null, [{ range: { start, end: start }, newText: change.text }]),
      ];
    }
    case 'move':
      return [
        {
          kind: 'rename',
          oldUri: uriOfPath(change.from),
          newUri: uriOfPath(change.to),
          options: { overwrite: false },
        },
      ];
  }
}

function textEdit(path: string, version: number | null, edits: TextDocumentEdit['edits']): TextDocumentEdit {
  return { textDocument: { uri: uriOfPath(path), version }, edits };
}

/** Files that have to be there: those that are moved, and edited where they were. */
function filesBefore(changes: readonly FileChange[]): string[] {
  const made = new Set(filesMade(changes));
  return changes.flatMap((change) => {
    if (change.kind === 'move') return [change.from];
    return change.kind === 'edit' && !made.has(change.file) ? [change.file] : [];
  });
}

function filesMade(changes: readonly FileChange[]): string[] {
  return changes.flatMap((change) => {
    if (change.kind === 'move') return [change.to];
    return change.kind === 'create' ? [change.file] : [];
  });
}

function digest(text: string | undefined): string | null {
  return text === undefined ? null : createHash('sha256').update(text).digest('base64');
}
