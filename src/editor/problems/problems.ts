import { isAbsolute, relative } from 'node:path';
import * as vscode from 'vscode';
import type { CargoDiagnostic } from '../../compiler/cargoMessages.ts';
import { knownFailure } from '../../compiler/knownFailures.ts';
import { isRuleCode } from '../../shared/ruleCode.ts';
import { readText } from '../readText.ts';
import { cargoProblem, readingOnce, type Problem } from './cargoProblem.ts';
import { type Mergeable, mergeProblems } from './mergeProblems.ts';
import { rustcProblem } from './rustcProblem.ts';

type Shown = Mergeable & Problem;

/**
 * The Problems view, whoever found them: for each crate what its last finished build said, and for each file what the
 * checks find in it and in how its runs ended.
 */
export class Problems implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('wasi-workbench');
  readonly #messages = new Map<string, readonly Shown[]>();
  readonly #findings = new Map<string, readonly Shown[]>();
  readonly #watching: vscode.Disposable;

  constructor() {
    const watcher = vscode.workspace.createFileSystemWatcher('**/*.{rs,toml}', true, true);
    const gone = (uri: vscode.Uri) => this.#forgetFile(uri.fsPath);
    this.#watching = vscode.Disposable.from(watcher, watcher.onDidDelete(gone));
  }

  /** Shows what a crate's build said in place of what its build before it said. */
  async replace(crateDir: string, diagnostics: readonly CargoDiagnostic[]): Promise<void> {
    const read = readingOnce(readText);
    const unique = new Map<string, Promise<Shown>>();
    for (const { message, manifestPath } of diagnostics) {
      const problem = rustcProblem(message);
      if (problem === null) continue;
      const rule = knownFailure(message.rendered ?? message.message)?.rule ?? null;
      const shown = cargoProblem(problem, manifestPath, read).then((located) => ({
        ...located,
        ...mergeable(located),
        rule,
        crateDir,
      }));
      // A library and a binary of the same sources say the same twice.
      unique.set(JSON.stringify([manifestPath, problem]), shown);
    }
    this.#messages.set(crateDir, await Promise.all(unique.values()));
    this.#publish();
  }

  /** Shows what the checks find in a file in place of what they found before. */
  setFindings(uri: vscode.Uri, diagnostics: readonly vscode.Diagnostic[]): void {
    const found = diagnostics.map((diagnostic) => ({
      uri,
      diagnostic,
      ...mergeable({ uri, diagnostic }),
      rule: ruleOf(diagnostic),
      crateDir: null,
    }));
    if (found.length === 0) this.#findings.delete(uri.fsPath);
    else this.#findings.set(uri.fsPath, found);
    this.#publish();
  }

  /** The checks have ended: what they found may be mended by now, and nobody would say so. */
  forgetFindings(): void {
    this.#findings.clear();
    this.#publish();
  }

  dispose(): void {
    this.#watching.dispose();
    this.#collection.dispose();
  }

  #forgetFile(path: string): void {
    const before = [...this.#messages.values()].flat().length;
    for (const [crateDir, shown] of this.#messages) {
      this.#messages.set(
        crateDir,
        shown.filter(({ file }) => file !== path),
      );
    }
    const isKnown = this.#findings.delete(path);
    if (isKnown || [...this.#messages.values()].flat().length < before) this.#publish();
  }

  #publish(): void {
    const { findings, messages } = mergeProblems(
      [...this.#findings.values()].flat(),
      [...this.#messages.values()].flat(),
      isBelow,
    );
    const byFile = new Map<string, { readonly uri: vscode.Uri; readonly found: vscode.Diagnostic[] }>();
    for (const { uri, diagnostic } of [...findings, ...messages]) {
      const entry = byFile.get(uri.fsPath) ?? { uri, found: [] };
      entry.found.push(diagnostic);
      byFile.set(uri.fsPath, entry);
    }
    // A message that a finding explained stays away when the finding goes: what it complained of is mended.
    for (const [crateDir, shown] of this.#messages) {
      this.#messages.set(
        crateDir,
        shown.filter((message) => messages.includes(message)),
      );
    }
    this.#collection.clear();
    this.#collection.set([...byFile.values()].map(({ uri, found }) => [uri, found]));
  }
}

function mergeable({ uri, diagnostic }: Problem): Pick<Mergeable, 'file' | 'line' | 'message' | 'isError'> {
  return {
    file: uri.fsPath,
    line: diagnostic.range.start.line,
    message: diagnostic.message,
    isError: diagnostic.severity === vscode.DiagnosticSeverity.Error,
  };
}

function ruleOf({ code }: vscode.Diagnostic): Mergeable['rule'] {
  const value = String(typeof code === 'object' ? code.value : code);
  return isRuleCode(value) ? value : null;
}

function isBelow(file: string, folder: string): boolean {
  const way = relative(folder, file);
  return !way.startsWith('..') && !isAbsolute(way);
}
