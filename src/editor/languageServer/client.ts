import * as vscode from 'vscode';
import {
  CloseAction,
  DidChangeWatchedFilesNotification,
  ErrorAction,
  FileChangeType,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import {
  type Outcome,
  outcomeNotification,
  type ServerInitialization,
  wasmFilesNotification,
  type WasmFiles,
} from '../../shared/languageServer.ts';
import { section } from '../manifest/settings.ts';
import { checkedDocuments, watchedFiles } from './documents.ts';
import { MadeFile } from './madeFile.ts';
import { execArgv } from './processOptions.ts';
import { Restarts } from './restarts.ts';
import type { ServerState } from './status.ts';

/** Where findings are shown. */
export interface FindingsView {
  setFindings(uri: vscode.Uri, diagnostics: readonly vscode.Diagnostic[]): void;
  forgetFindings(): void;
}

export interface RunningServer {
  processId(): number | undefined;
  ended(outcome: Outcome): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the server's process and keeps it alive. */
export async function startServer(
  serverPath: string,
  log: vscode.LogOutputChannel,
  findings: FindingsView,
  onState: (state: ServerState) => void,
): Promise<RunningServer> {
  const restarts = new Restarts();
  const watcher = vscode.workspace.createFileSystemWatcher(watchedFiles);
  const madeFile = new MadeFile();
  const module = {
    module: serverPath,
    transport: TransportKind.ipc,
    options: { execArgv },
  };
  const client = new LanguageClient(
    section,
    'WASI Workbench',
    { run: module, debug: module },
    {
      documentSelector: [...checkedDocuments],
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: { uriScheme: vscode.env.uriScheme } satisfies ServerInitialization,
      synchronize: { fileEvents: watcher },
      middleware: {
        handleDiagnostics: (uri, diagnostics) => findings.setFindings(uri, diagnostics),
        async resolveCodeAction(action, token, next) {
          const resolved = await next(action, token);
          if (resolved) madeFile.resolved(resolved);
          return resolved;
        },
      },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: async () => {
          findings.forgetFindings();
          const delay = restarts.next(Date.now());
          onState(delay === null ? 'stopped' : 'restarting');
          if (delay === null) {
            return {
              action: CloseAction.DoNotRestart,
              handled: true,
              message: vscode.l10n.t('The language server ends too often.'),
            };
          }
          log.warn(`The language server ended; it starts again in ${delay} ms.`);
          await new Promise((next) => setTimeout(next, delay));
          return { action: CloseAction.Restart, handled: true };
        },
      },
    },
  );
  client.onDidChangeState(({ newState }) => {
    if (newState !== State.Running) return;
    onState('running');
    void tellWasmFiles(client);
  });
  await client.start();
  const files = tellFileOperations(client);
  return {
    processId: () => client.serverProcess?.pid,
    ended: (outcome) => client.sendNotification(outcomeNotification, outcome),
    async restart() {
      restarts.clear();
      findings.forgetFindings();
      onState('starting');
      await client.restart();
    },
    async stop() {
      watcher.dispose();
      madeFile.dispose();
      files.dispose();
      await client.dispose();
    },
  };
}

/** What the editor itself does to files, at once: its watcher may tell late, or never where a lot happens. */
function tellFileOperations(client: LanguageClient): vscode.Disposable {
  const { Created, Deleted } = FileChangeType;
  const tell = (type: FileChangeType, uris: readonly vscode.Uri[]): void => {
    if (!client.isRunning()) return;
    const changes = uris.map((uri) => ({ uri: String(uri), type }));
    void client.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidCreateFiles(({ files }) => tell(Created, files)),
    vscode.workspace.onDidDeleteFiles(({ files }) => tell(Deleted, files)),
    vscode.workspace.onDidRenameFiles(({ files }) => {
      tell(
        Deleted,
        files.map(({ oldUri }) => oldUri),
      );
      tell(
        Created,
        files.map(({ newUri }) => newUri),
      );
    }),
  );
}

/** Files that no document is opened of; later ones come by the watcher. */
async function tellWasmFiles(client: LanguageClient): Promise<void> {
  const found = await vscode.workspace.findFiles('**/*.wasm', '**/{target,node_modules,.git}/**', 100);
  const files: WasmFiles = { uris: found.map(String) };
  await client.sendNotification(wasmFilesNotification, files);
}
