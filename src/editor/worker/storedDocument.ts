import * as vscode from 'vscode';

const uri = vscode.Uri.parse('wasi-workbench-storage:/near-storage.txt');

/** A read-only document of what the worker's interfaces keep between runs, as it is each time it is shown. */
export class StoredDocument implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registered = vscode.workspace.registerTextDocumentContentProvider(uri.scheme, this);

  async show(): Promise<void> {
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(uri, { preview: false });
  }

  /** Asks which project to forget, and whether to. */
  async reset(): Promise<void> {
    const { folder, resetStored, storedEntries } = await stored();
    const projects = [...new Set(storedEntries(folder, null).map(({ project }) => project))];
    const everything = { label: vscode.l10n.t('All projects and wallets'), project: null };
    const items = [...projects.map((project) => ({ label: project, project })), everything];
    const placeHolder = vscode.l10n.t('Whose stored data to delete');
    const chosen = await vscode.window.showQuickPick(items, { placeHolder });
    if (chosen === undefined) return;
    const remove = vscode.l10n.t('Delete');
    const question = vscode.l10n.t('Delete what is stored for {0}? It can’t be undone.', chosen.label);
    const answer = await vscode.window.showWarningMessage(question, { modal: true }, remove);
    if (answer !== remove) return;
    resetStored(folder, chosen.project);
    this.#changed.fire(uri);
  }

  async provideTextDocumentContent(): Promise<string> {
    const { folder, describeStored, storedEntries } = await stored();
    try {
      return describeStored(storedEntries(folder, null), folder);
    } catch (error) {
      return `${folder}: ${(error as Error).message}\n`;
    }
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
  }
}

/** Where it is, and what to do with it; loaded with the first use. */
async function stored() {
  const [{ workerDataFolder }, data] = await Promise.all([
    import('../../executor/host/worker/dataFolder.ts'),
    import('../../executor/host/worker/storedData.ts'),
  ]);
  return { folder: workerDataFolder(), ...data };
}
