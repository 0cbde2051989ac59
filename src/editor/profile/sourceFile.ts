import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { WorkbenchError } from '../../shared/workbenchError.ts';

/**
 * The absolute path of a file that line tables name as rustc was given it: often relative to the workspace, which is
 * at or above the crate. The file need not exist.
 */
export function sourceFile(file: string, crateDir: string | null): string {
  if (isAbsolute(file) || crateDir === null) return file;
  for (let dir = crateDir; ; dir = dirname(dir)) {
    if (existsSync(join(dir, file))) return join(dir, file);
    if (dirname(dir) === dir) return join(crateDir, file);
  }
}

/**
 * Shows a place of the source. Rust's library is named as it was when the toolchain was made; its sources lie below
 * the toolchain where the component rust-src is installed.
 *
 * @param line counts from 1, as does the column
 * @param sysroot asked for when it is needed
 * @throws WorkbenchError `file-not-found`
 */
export async function openSource(
  {
    file,
    line,
    column,
  }: { readonly file: string; readonly line: number | null; readonly column?: number | null },
  crateDir: string | null,
  sysroot: () => Promise<string | null>,
): Promise<void> {
  const path = await existingFile(file, crateDir, sysroot);
  const start = new vscode.Position((line ?? 1) - 1, (column ?? 1) - 1);
  await vscode.window.showTextDocument(vscode.Uri.file(path), {
    selection: new vscode.Range(start, start),
    viewColumn: vscode.ViewColumn.One,
  });
}

async function existingFile(
  file: string,
  crateDir: string | null,
  sysroot: () => Promise<string | null>,
): Promise<string> {
  const path = sourceFile(file, crateDir);
  if (existsSync(path)) return path;
  const inLibrary = /^\/rustc\/[0-9a-f]+\/(library\/.*)$/.exec(file)?.[1];
  const root = inLibrary === undefined ? null : await sysroot();
  const shipped = root === null ? null : join(root, 'lib', 'rustlib', 'src', 'rust', inLibrary!);
  if (shipped !== null && existsSync(shipped)) return shipped;
  throw new WorkbenchError('file-not-found', vscode.l10n.t('{0} is not on this machine.', file), {
    hint:
      inLibrary === undefined
        ? vscode.l10n.t('It was there where the program was built.')
        : vscode.l10n.t('The sources of Rust’s library come with “rustup component add rust-src”.'),
  });
}
