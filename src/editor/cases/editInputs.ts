import * as vscode from 'vscode';
import type { CaseEdit } from '../../cases/editCase.ts';
import { inputsPath, readInputs } from '../../cases/inputsFile.ts';
import { WorkbenchError } from '../../shared/workbenchError.ts';
import type { SavedCases } from './savedCases.ts';

/**
 * Changes a crate's inputs file as one edit that can be undone, saves it, and shows the case that was changed, which
 * Run takes from then on.
 *
 * @param source what the edits are of; null where there is no file
 * @param edit null where the file has mistakes
 * @throws WorkbenchError `usage` that names them
 */
export async function editInputs(
  crateDir: string,
  source: string | null,
  edit: CaseEdit | null,
  cases: SavedCases,
): Promise<void> {
  if (edit === null) {
    await cases.of(crateDir);
    throw new WorkbenchError('usage', 'The inputs file has mistakes.', { hint: 'Mend them first.' });
  }
  await apply(inputsPath(crateDir), source, edit);
  await cases.remember(crateDir, edit.caseName);
}

async function apply(path: string, source: string | null, { edits, caseName }: CaseEdit): Promise<void> {
  const uri = vscode.Uri.file(path);
  const edit = new vscode.WorkspaceEdit();
  if (source === null) {
    edit.createFile(uri, { overwrite: false });
    for (const { content } of edits) edit.insert(uri, new vscode.Position(0, 0), content);
  } else {
    const document = await vscode.workspace.openTextDocument(uri);
    for (const { offset, length, content } of edits) {
      const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
      edit.replace(uri, range, content);
    }
  }
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new WorkbenchError('internal', `The editor did not change ${path}.`, {
      hint: 'Save or close the file, and try again.',
    });
  }
  const document = await vscode.workspace.openTextDocument(uri);
  await document.save();
  const span = readInputs(document.getText()).cases.find(({ saved }) => saved.name === caseName)?.span;
  const start = document.positionAt(span?.offset ?? 0);
  const selection = new vscode.Range(start, start);
  await vscode.window.showTextDocument(document, { preview: true, selection });
}
