import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { ErrorValue } from '../../shared/workbenchError.ts';
import { chooseWasmFile } from './runWasmFile.ts';

/** What the worker answers. */
export type Printed = { readonly text: string } | { readonly error: ErrorValue };

const scheme = 'wasi-workbench-text';

/** Read-only documents that show a .wasm file as WAT or WIT, and follow it as it is built again. */
export class WasmDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #workerPath: string;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #watchers = new Map<string, vscode.Disposable>();
  readonly #registered: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(workerPath: string) {
    this.#workerPath = workerPath;
    this.#registered = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri)),
    );
  }

  /**
   * Shows the file that a menu names, or that the user picks.
   *
   * @throws WorkbenchError `unknown-format`
   */
  async show(given: unknown): Promise<void> {
    const path = await chooseWasmFile(given);
    if (path === undefined) return;
    const { textLanguageOf } = await import('../../wasm/text/wasmText.ts');
    // The ending tells the editor the language.
    const language = textLanguageOf(await readFile(path));
    const file = vscode.Uri.file(path);
    const uri = file.with({ scheme, path: `${file.path}.${language}` });
    this.#watch(uri, file);
    await vscode.window.showTextDocument(uri, { preview: false });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    try {
      const printed = await this.#print(await readFile(fileOf(uri).fsPath));
      return 'text' in printed ? printed.text : `;; ${printed.error.message}\n;; ${printed.error.cause}\n`;
    } catch (error) {
      return `;; ${String(error)}\n`;
    }
  }

  dispose(): void {
    for (const watcher of this.#watchers.values()) watcher.dispose();
    this.#registered.dispose();
  }

  async #print(wasm: Uint8Array): Promise<Printed> {
    const worker = new Worker(this.#workerPath, { workerData: wasm });
    try {
      const [printed] = (await once(worker, 'message')) as [Printed];
      return printed;
    } finally {
      void worker.terminate();
    }
  }

  #watch(uri: vscode.Uri, file: vscode.Uri): void {
    if (this.#watchers.has(uri.toString())) return;
    const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(file, '..'), file.path.split('/').at(-1)!);
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const changed = () => this.#changed.fire(uri);
    watcher.onDidChange(changed);
    watcher.onDidCreate(changed);
    this.#watchers.set(uri.toString(), watcher);
  }

  #forget(uri: vscode.Uri): void {
    this.#watchers.get(uri.toString())?.dispose();
    this.#watchers.delete(uri.toString());
  }
}

function fileOf(uri: vscode.Uri): vscode.Uri {
  return uri.with({ scheme: 'file', path: uri.path.replace(/\.(?:wat|wit)$/, '') });
}
