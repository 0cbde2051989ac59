import * as vscode from 'vscode';
import type { Outcome } from '../../shared/languageServer.ts';
import { lazy } from '../lazy.ts';
import { checkedDocuments } from './documents.ts';
import type { FindingsView, RunningServer } from './client.ts';
import type { Outcomes } from './outcomes.ts';
import { ServerStatus } from './status.ts';

/** Milliseconds after the first such document was shown: it and its lenses come before what is to be said of it. */
const settleMs = 1000;

/**
 * The language server's life: it starts with the first document that it has something to say about, in a process of
 * its own, and until then costs nothing, not even its library's loading.
 */
export class LanguageServer implements Outcomes, vscode.Disposable {
  readonly #disposables: vscode.Disposable[] = [];
  readonly #log: vscode.LogOutputChannel;
  readonly #server;
  #status: ServerStatus | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(serverPath: string, log: vscode.LogOutputChannel, findings: FindingsView) {
    this.#log = log;
    this.#server = lazy(async (): Promise<RunningServer> => {
      this.#status ??= new ServerStatus();
      const { startServer } = await import('./client.ts');
      return startServer(serverPath, log, findings, (state) => this.#status?.show(state));
    });
    const look = (document: vscode.TextDocument) => {
      if (vscode.languages.match([...checkedDocuments], document) === 0) return;
      this.#timer ??= setTimeout(() => this.#use(() => undefined), settleMs);
    };
    this.#disposables.push(vscode.workspace.onDidOpenTextDocument(look));
    // Activation waits for nothing: documents that are open already are looked at once it is over.
    setImmediate(() => vscode.workspace.textDocuments.forEach(look));
  }

  /** What failed is explained, which needs the server; what succeeded is told only to one that runs. */
  ended(outcome: Outcome): void {
    if (outcome.error !== null || this.#server.peek() !== undefined)
      this.#use((server) => server.ended(outcome));
  }

  /** The process; undefined while there is none. */
  async processId(): Promise<number | undefined> {
    return (await this.#server.peek())?.processId();
  }

  async restart(): Promise<void> {
    await (await this.#server.get()).restart();
  }

  #use(work: (server: RunningServer) => unknown): void {
    this.#server
      .get()
      .then(work)
      .catch((error: unknown) => {
        this.#status?.show('stopped');
        this.#log.error(`The language server did not start: ${String(error)}`);
      });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const disposable of this.#disposables) disposable.dispose();
    this.#status?.dispose();
    void this.#server.peek()?.then(
      (server) => server.stop(),
      () => undefined,
    );
  }
}
