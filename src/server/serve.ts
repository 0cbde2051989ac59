import {
  CodeActionKind,
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeResult,
  MessageType,
  ShowMessageNotification,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import type { Parser } from 'web-tree-sitter';
import {
  fixAllKind,
  type Outcome,
  outcomeNotification,
  type ServerInitialization,
  wasmFilesNotification,
  type WasmFiles,
} from '../shared/languageServer.ts';
import { codeActions } from './codeActions.ts';
import { diagnosticOf } from './diagnostic.ts';
import { type PendingFix, workspaceEditOf } from './fixEdit.ts';
import { hoverOfMain, hoverOfPath } from './hover.ts';
import { OpenDocuments } from './openDocuments.ts';
import { pathOfUri, uriOfPath } from './paths.ts';
import { checkSettings } from './settings.ts';
import { Workspace } from './workspace.ts';

/** Speaks the language server protocol over a connection until the other side ends it. */
export function serve(connection: Connection, makeParser: () => Promise<Parser>): void {
  const documents = new OpenDocuments();
  let parser: Promise<Parser> | undefined;
  const loadParser = () => (parser ??= makeParser());
  let uriScheme = 'vscode';

  const workspace = new Workspace({
    documents,
    loadParser,
    settings: async (dir) =>
      checkSettings(
        await connection.workspace.getConfiguration({ scopeUri: uriOfPath(dir), section: 'wasi-workbench' }),
      ),
    onFindings: (path) => {
      const version = documents.version(path);
      void connection.sendDiagnostics({
        uri: uriOfPath(path),
        ...(version === null ? {} : { version }),
        diagnostics: workspace.findings(path).map(({ finding }) => diagnosticOf(finding, uriScheme)),
      });
    },
    onError: (error) => {
      connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    },
  });

  connection.onInitialize(({ initializationOptions }): InitializeResult => {
    uriScheme = (initializationOptions as ServerInitialization | undefined)?.uriScheme ?? uriScheme;
    return {
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, fixAllKind],
          resolveProvider: true,
        },
        hoverProvider: true,
      },
    };
  });
  connection.onInitialized(() => {
    void connection.client.register(DidChangeConfigurationNotification.type, { section: 'wasi-workbench' });
  });
  connection.onDidChangeConfiguration(() => workspace.checkAll());
  connection.onDidChangeWatchedFiles(({ changes }) => {
    workspace.filesChanged(changes.map(({ uri }) => pathOfUri(uri)).filter((path) => path !== null));
  });
  connection.onNotification(wasmFilesNotification, ({ uris }: WasmFiles) => {
    workspace.filesChanged(uris.map(pathOfUri).filter((path) => path !== null));
  });
  connection.onNotification(outcomeNotification, (outcome: Outcome) => workspace.ended(outcome));
  documents.protocol.onDidChangeContent(({ document }) => {
    const path = pathOfUri(document.uri);
    if (path !== null) workspace.documentChanged(path);
  });
  documents.protocol.onDidClose(({ document }) => {
    const path = pathOfUri(document.uri);
    if (path !== null) workspace.documentChanged(path);
  });

  connection.onCodeAction(({ textDocument, range, context }) => {
    const path = pathOfUri(textDocument.uri);
    if (path === null) return [];
    return codeActions(workspace.findings(path), { range, context }, uriScheme);
  });
  connection.onCodeActionResolve(async (action) => {
    if (action.data === undefined) return action;
    try {
      const edit = await workspaceEditOf(
        action.data as PendingFix,
        (path) => workspace.files.readNow(path),
        (path) => documents.version(path),
      );
      return { ...action, edit };
    } catch (error) {
      void connection.sendNotification(ShowMessageNotification.type, {
        type: MessageType.Warning,
        message: `“${action.title}” was not done: ${error instanceof Error ? error.message : String(error)}`,
      });
      throw error;
    }
  });
  connection.onHover(async ({ textDocument, position }) => {
    const path = pathOfUri(textDocument.uri);
    const text = path === null ? undefined : documents.text(path);
    if (path === null || text === undefined) return null;
    const place = { path, text, position, crateDir: await workspace.crateDirOf(path) };
    return (await hoverOfMain(place, loadParser, workspace.files)) ?? (await hoverOfPath(place));
  });

  connection.onShutdown(() => workspace.dispose());
  documents.protocol.listen(connection);
  connection.listen();
}
