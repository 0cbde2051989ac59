import * as vscode from 'vscode';
import { grouped } from '../../shared/text.ts';
import type { ChosenProgram } from './plan.ts';
import type { Finished } from './runner.ts';

/** How a program's last run ended, in a few words, and whether its sources have changed since. */
export interface LastOutcome {
  readonly success: boolean;
  readonly text: string;
  readonly stale: boolean;
}

/** The last outcome of each program, for as long as the window lives. */
export class LastOutcomes implements vscode.Disposable {
  readonly #outcomes = new Map<string, LastOutcome>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor() {
    const sources = vscode.workspace.createFileSystemWatcher('**/*.rs');
    // One source may be part of any program of the window: its neighbours' too.
    const outdate = () => this.#outdate();
    this.#disposables = vscode.Disposable.from(
      this.#changed,
      sources,
      sources.onDidCreate(outdate),
      sources.onDidDelete(outdate),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && isSource(document)) outdate();
      }),
    );
  }

  record({ plan, outcome: { success, headline }, result }: Finished): void {
    const text = success && result ? `${grouped(result.fuel)} fuel` : shortened(headline);
    this.#outcomes.set(keyOf(plan), { success, text, stale: false });
    this.#changed.fire();
  }

  of(program: ChosenProgram): LastOutcome | undefined {
    return this.#outcomes.get(keyOf(program));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #outdate(): void {
    const fresh = [...this.#outcomes].filter(([, { stale }]) => !stale);
    for (const [key, outcome] of fresh) this.#outcomes.set(key, { ...outcome, stale: true });
    if (fresh.length > 0) this.#changed.fire();
  }
}

function keyOf({ crateDir, runnable }: ChosenProgram): string {
  return JSON.stringify([crateDir, runnable.kind, runnable.name]);
}

function isSource({ languageId, uri }: vscode.TextDocument): boolean {
  return languageId === 'rust' || uri.path.endsWith('/Cargo.toml');
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
