import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { packageFolders } from '../run/manifests.ts';
import { sourcePlaces, type SourcePlace } from './sourcePlaces.ts';

/** A place that a click opens. */
class PlaceLink extends vscode.TerminalLink {
  readonly place: SourcePlace;
  readonly cwd: string | undefined;

  constructor(place: SourcePlace, cwd: string | undefined) {
    super(place.offset, place.length, vscode.l10n.t('Open {0}', place.file));
    this.place = place;
    this.cwd = cwd;
  }
}

/**
 * Opens the sources that compilers' messages and panics name in terminals. VS Code knows only those that exist below
 * the terminal's own folder; cargo names them relative to a workspace or crate that may be anywhere in the window.
 */
export class SourceLinks implements vscode.TerminalLinkProvider<PlaceLink> {
  provideTerminalLinks({ line, terminal }: vscode.TerminalLinkContext): PlaceLink[] {
    // Nothing is looked up before a click: every line that is pointed at comes by here.
    return sourcePlaces(line).map((place) => new PlaceLink(place, folderOf(terminal)));
  }

  async handleTerminalLink({ place, cwd }: PlaceLink): Promise<void> {
    const found = await filesOf(place.file, cwd);
    const path = found.length > 1 ? await pick(found) : found[0];
    if (path === undefined) {
      if (found.length === 0) {
        void vscode.window.showWarningMessage(
          vscode.l10n.t('{0} is in no folder of this window.', place.file),
        );
      }
      return;
    }
    const start = new vscode.Position(place.line - 1, place.column - 1);
    await vscode.window.showTextDocument(vscode.Uri.file(path), {
      selection: new vscode.Range(start, start),
    });
  }
}

/** Where a terminal is; a shell without integration only says where it started. */
function folderOf(terminal: vscode.Terminal): string | undefined {
  const { cwd } = terminal.creationOptions as vscode.TerminalOptions;
  return terminal.shellIntegration?.cwd?.fsPath ?? (typeof cwd === 'string' ? cwd : cwd?.fsPath);
}

/** The files that a name may mean: nearest to the terminal's folder first, then in the window's crates. */
async function filesOf(file: string, cwd: string | undefined): Promise<string[]> {
  if (isAbsolute(file)) return existsSync(file) ? [file] : [];
  if (cwd !== undefined) {
    for (let dir = cwd; ; dir = dirname(dir)) {
      if (existsSync(join(dir, file))) return [join(dir, file)];
      if (dirname(dir) === dir) break;
    }
  }
  const folders = [
    ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
    ...(await packageFolders()),
  ];
  const paths = folders.map((folder) => join(folder, file)).filter((path) => existsSync(path));
  return [...new Set(paths)];
}

async function pick(paths: readonly string[]): Promise<string | undefined> {
  const items = paths.map((path) => ({ label: vscode.workspace.asRelativePath(path, true), path }));
  const placeHolder = vscode.l10n.t('Several crates have such a file');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.path;
}
