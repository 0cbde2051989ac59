import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  type CodeAction,
  type CodeActionContext,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type Hover,
  type Position,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { parserFiles } from '../../../scripts/lib/places.mjs';
import { loadRustParser } from '../../../src/rust/rustParser.ts';
import { serve } from '../../../src/server/serve.ts';
import { writeFiles } from '../../writeFiles.ts';

/** An editor without a window: a folder of files, and the server at the other end of two streams. */
export class TestEditor {
  readonly folder: string;
  /** What `wasi-workbench` settings are answered with. */
  settings: unknown = {};
  /** Files that diagnostics were published of, in order. */
  readonly published: string[] = [];
  /** What the server has said to the user. */
  readonly messages: string[] = [];
  readonly #connection: ProtocolConnection;
  readonly #diagnostics = new Map<string, Diagnostic[]>();
  readonly #versions = new Map<string, number>();
  #published: () => void = () => undefined;

  private constructor(folder: string, connection: ProtocolConnection) {
    this.folder = folder;
    this.#connection = connection;
  }

  static async open(files: Readonly<Record<string, string>>): Promise<TestEditor> {
    const folder = mkdtempSync(join(tmpdir(), 'wörk bench '));
    const toServer = new PassThrough();
    const toEditor = new PassThrough();
    serve(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toEditor)), () =>
      loadRustParser(parserFiles),
    );
    const connection = createProtocolConnection(
      new StreamMessageReader(toEditor),
      new StreamMessageWriter(toServer),
    );
    const editor = new TestEditor(folder, connection);
    editor.write(files);
    await editor.#start();
    return editor;
  }

  /** Writes files by their paths below the folder, as another program would. */
  write(files: Readonly<Record<string, string | Uint8Array>>): void {
    writeFiles(this.folder, files);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  uri(name: string): string {
    return pathToFileURL(this.path(name)).href;
  }

  openDocument(name: string, text: string): void {
    this.#versions.set(name, 1);
    const languageId = name.endsWith('.rs') ? 'rust' : 'toml';
    this.notify('textDocument/didOpen', {
      textDocument: { uri: this.uri(name), languageId, version: 1, text },
    });
  }

  /** Replaces the whole of an open document. */
  type(name: string, text: string): void {
    const version = this.#versions.get(name)! + 1;
    this.#versions.set(name, version);
    this.notify('textDocument/didChange', {
      textDocument: { uri: this.uri(name), version },
      contentChanges: [{ text }],
    });
  }

  notify(method: string, params: unknown): void {
    void this.#connection.sendNotification(method, params);
  }

  diagnostics(name: string): Diagnostic[] {
    return this.#diagnostics.get(this.uri(name)) ?? [];
  }

  codes(name: string): string[] {
    return this.diagnostics(name).map(({ code }) => String(code));
  }

  /** Waits until something holds of what the server has published; a test's own time-out is the limit. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((next) => (this.#published = next));
  }

  actions(name: string, diagnostic: Diagnostic, only?: string[]): Promise<CodeAction[]> {
    const context: CodeActionContext = { diagnostics: [diagnostic], ...(only && { only }) };
    return this.#connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: this.uri(name) },
      range: diagnostic.range,
      context,
    });
  }

  /** The edit that an action stands for; rejects where the server refuses it. */
  async edit(action: CodeAction): Promise<WorkspaceEdit> {
    const resolved = await this.#connection.sendRequest<CodeAction>('codeAction/resolve', action);
    return resolved.edit!;
  }

  hover(name: string, position: Position): Promise<Hover | null> {
    return this.#connection.sendRequest('textDocument/hover', {
      textDocument: { uri: this.uri(name) },
      position,
    });
  }

  async close(): Promise<void> {
    await this.#connection.sendRequest('shutdown');
    this.#connection.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #start(): Promise<void> {
    const connection = this.#connection;
    connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) => {
        this.#diagnostics.set(uri, diagnostics);
        this.published.push(uri);
        this.#published();
      },
    );
    connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
      this.messages.push(message);
    });
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => this.settings),
    );
    connection.onRequest('client/registerCapability', () => null);
    connection.listen();
    await connection.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      capabilities: { workspace: { configuration: true } },
      initializationOptions: { uriScheme: 'vscode-insiders' },
    });
    await connection.sendNotification('initialized', {});
  }
}
