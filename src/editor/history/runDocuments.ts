import * as vscode from 'vscode';
import { isRunId } from '../../shared/panelMessages.ts';
import { isStreamName, type StreamName } from '../../shared/panelStream.ts';
import { decodeUtf8 } from '../../shared/text.ts';
import type { RunHistory } from './runHistory.ts';
import type { RunRecord } from './runRecord.ts';
import { laidOut } from './textDifference.ts';

const scheme = 'wasi-workbench-run';

/** Kept streams as documents that can be read and compared, but not edited. */
export class RunDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #history: RunHistory;
  readonly #registration: vscode.Disposable;

  constructor(history: RunHistory) {
    this.#history = history;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  async provideTextDocumentContent({ query }: vscode.Uri): Promise<string> {
    const [id, name, layout] = query.split(' ');
    const run = isRunId(id) ? await this.#history.get(id) : undefined;
    if (run === undefined || !isStreamName(name)) return 'This run is no longer kept.';
    const text = decodeUtf8(await run.stream(name));
    return layout === 'laid-out' ? laidOut(text) : text;
  }

  /** Shows what a run wrote, byte for byte where it is UTF-8. */
  async open(record: RunRecord, name: StreamName): Promise<void> {
    const run = await this.#history.get(record.run.id);
    const start = decodeUtf8((await run?.stream(name))?.subarray(0, 1000) ?? new Uint8Array());
    const ending = /^\s*[{[]/.test(start) ? 'json' : 'txt';
    const document = await vscode.workspace.openTextDocument(uriOf(record, name, ending, 'as-written'));
    await vscode.window.showTextDocument(document, { preview: false });
  }

  /** VS Code's own comparison of two runs' streams, JSON laid out on both sides. */
  async diff(before: RunRecord, after: RunRecord, name: StreamName): Promise<void> {
    const [left, right] = [before, after].map((record) => uriOf(record, name, 'txt', 'laid-out'));
    const title = `${titles[name]} of ${before.run.program}: ${clock(before)} ↔ ${clock(after)}`;
    await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true });
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

const titles = { output: 'Output', stderr: 'Stderr' };

function uriOf(
  record: RunRecord,
  name: StreamName,
  ending: string,
  layout: 'as-written' | 'laid-out',
): vscode.Uri {
  const { id, program } = record.run;
  const path = `/${program} ${clock(record).replaceAll(':', '.')} ${name}.${ending}`;
  return vscode.Uri.from({ scheme, path, query: `${id} ${name} ${layout}` });
}

function clock({ run }: RunRecord): string {
  return new Date(run.startedAt).toTimeString().slice(0, 8);
}
