import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { inputsPath, readInputs, type LocatedCase } from '../../cases/inputsFile.ts';
import { placeOf } from '../../jsonFiles/parseJson.ts';
import type { Span } from '../../jsonFiles/readers.ts';
import { isBelow } from '../../shared/isBelow.ts';
import { crateLabel } from '../crateLabel.ts';
import { openText, readSaved } from '../readText.ts';

/** A case as the Testing view has it. */
export interface CaseOfItem {
  readonly crateDir: string;
  readonly located: LocatedCase;
}

const pattern = '**/.wasi-workbench/inputs.json';

/** Keeps the Testing view's tree as the inputs files are: a crate for each, its cases below it. */
export class TestTree implements vscode.Disposable {
  readonly #controller: vscode.TestController;
  readonly #cases = new WeakMap<vscode.TestItem, CaseOfItem>();
  readonly #disposables: vscode.Disposable;
  readonly #lastLook = new Map<string, symbol>();

  constructor(controller: vscode.TestController) {
    this.#controller = controller;
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const refresh = (uri: vscode.Uri) => void this.refresh(crateOf(uri));
    const refreshBelow = (folder: vscode.Uri) =>
      this.#controller.items.forEach(({ id }) => {
        if (isBelow(inputsPath(id), folder.fsPath)) void this.refresh(id);
      });
    this.#disposables = vscode.Disposable.from(
      watcher,
      watcher.onDidCreate(refresh),
      watcher.onDidChange(refresh),
      watcher.onDidDelete(refresh),
      // Watchers may miss a file whose folders came with it, and what becomes of it later.
      vscode.workspace.onDidDeleteFiles(({ files }) => files.forEach(refreshBelow)),
      vscode.workspace.onDidRenameFiles(() => void this.findAll()),
      vscode.workspace.onDidOpenTextDocument(({ uri }) => {
        if (isInputs(uri)) refresh(uri);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (isInputs(document.uri)) refresh(document.uri);
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.findAll()),
    );
  }

  /** Finds the inputs files of the window, and forgets those that went away. */
  async findAll(): Promise<void> {
    const files = await vscode.workspace.findFiles(pattern, '**/{target,node_modules}/**');
    const crates = new Set(files.map(crateOf));
    this.#controller.items.forEach(({ id }) => {
      if (!crates.has(id)) this.#controller.items.delete(id);
    });
    await Promise.all([...crates].map((crateDir) => this.refresh(crateDir)));
  }

  /** Brings a crate's tests to what its inputs file says, unsaved edits included; none where the disk has no file. */
  async refresh(crateDir: string): Promise<void> {
    const path = inputsPath(crateDir);
    // Looks overlap, and the first may be the last to have read: only the newest counts.
    const look = Symbol();
    this.#lastLook.set(crateDir, look);
    const saved = await readSaved(path);
    if (this.#lastLook.get(crateDir) !== look) return;
    this.#lastLook.delete(crateDir);
    // A document outlives its file; what was deleted has no tests.
    if (saved === undefined) {
      this.#controller.items.delete(crateDir);
      return;
    }
    const source = openText(path) ?? saved;
    const uri = vscode.Uri.file(path);
    const label = crateLabel(crateDir);
    const crate =
      this.#controller.items.get(crateDir) ?? this.#controller.createTestItem(crateDir, label, uri);
    const { cases, problems } = readInputs(source);
    const [first] = problems;
    crate.error = first && `inputs.json:${first.line}:${first.column}: ${first.message}`;
    crate.children.replace(cases.map((located) => this.#item(crateDir, located, uri, source)));
    this.#controller.items.add(crate);
  }

  /** What an item stands for; undefined for a crate. */
  caseOf(item: vscode.TestItem): CaseOfItem | undefined {
    return this.#cases.get(item);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #item(crateDir: string, located: LocatedCase, uri: vscode.Uri, source: string): vscode.TestItem {
    const { name } = located.saved;
    const item = this.#controller.createTestItem(JSON.stringify([crateDir, name]), name, uri);
    item.range = rangeIn(source, located.span);
    this.#cases.set(item, { crateDir, located });
    return item;
  }
}

/** The place of a span of a text. */
export function rangeIn(source: string, { offset, length }: Span): vscode.Range {
  const position = (at: number) => {
    const { line, column } = placeOf(source, at);
    return new vscode.Position(line - 1, column - 1);
  };
  return new vscode.Range(position(offset), position(offset + length));
}

function isInputs(uri: vscode.Uri): boolean {
  return uri.scheme === 'file' && uri.path.endsWith('/.wasi-workbench/inputs.json');
}

function crateOf(uri: vscode.Uri): string {
  return dirname(dirname(uri.fsPath));
}
