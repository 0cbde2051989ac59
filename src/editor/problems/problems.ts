import * as vscode from 'vscode';
import type { CargoDiagnostic } from '../../compiler/cargoMessages.ts';
import { knownFailure } from '../../compiler/knownFailures.ts';
import { isBelow } from '../../shared/isBelow.ts';
import { isRuleCode } from '../../shared/ruleCode.ts';
import { readSaved } from '../readText.ts';
import { cargoProblem, readingOnce, type CompilerProblem, type Problem } from './cargoProblem.ts';
import { OthersProblems } from './othersProblems.ts';
import { type Mergeable, mergeProblems } from './mergeProblems.ts';
import { rustcProblem } from './rustcProblem.ts';

type Shown = Mergeable & Problem;
type ShownMessage = Mergeable & CompilerProblem;

/**
 * The Problems view, whoever found them: for each crate what its last finished build said, and for each file what the
 * checks find in it and in how its runs ended.
 */
export class Problems implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('wasi-workbench');
  readonly #messages = new Map<string, readonly ShownMessage[]>();
  readonly #findings = new Map<string, readonly Shown[]>();
  readonly #others = new OthersProblems();
  readonly #watching: vscode.Disposable;
  #shown: readonly ShownMessage[] = [];

  constructor() {
    const watcher = vscode.workspace.createFileSystemWatcher('**/*.{rs,toml}', true, true);
    const gone = (uri: vscode.Uri) => this.#forget(uri.fsPath);
    this.#watching = vscode.Disposable.from(
      watcher,
      watcher.onDidDelete(gone),
      // What the editor itself deletes is known at once; a watcher may tell late, or never where a lot happens.
      vscode.workspace.onDidDeleteFiles(({ files }) => files.forEach(gone)),
      vscode.workspace.onDidRenameFiles(({ files }) => files.forEach(({ oldUri }) => gone(oldUri))),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (this.#others.haveChanged(uris.filter((uri) => this.#isAbout(uri)))) this.#publish();
      }),
    );
  }

  /** Shows what a crate's build said in place of what its build before it said. */
  async replace(crateDir: string, diagnostics: readonly CargoDiagnostic[]): Promise<void> {
    // As the compiler read it: what was typed since is not what it speaks of.
    const read = readingOnce(readSaved);
    const unique = new Map<string, Promise<ShownMessage>>();
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

  /** What compilers said of a part of a file, as it is shown now. */
  messagesAt(uri: vscode.Uri, range: vscode.Range): readonly CompilerProblem[] {
    return this.#shown.filter(
      ({ file, diagnostic }) => file === uri.fsPath && diagnostic.range.intersection(range) !== undefined,
    );
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

  #isAbout(uri: vscode.Uri): boolean {
    return [...this.#messages.values()].flat().some(({ file }) => file === uri.fsPath);
  }

  /** @param path of a file that is gone, or of a folder of such */
  #forget(path: string): void {
    const isGone = (file: string): boolean => isBelow(file, path);
    const known = [...this.#findings.keys(), ...[...this.#messages.values()].flat().map(({ file }) => file)];
    if (!known.some(isGone)) return;
    for (const file of [...this.#findings.keys()].filter(isGone)) this.#findings.delete(file);
    for (const [crateDir, shown] of this.#messages) {
      this.#messages.set(
        crateDir,
        shown.filter(({ file }) => !isGone(file)),
      );
    }
    this.#publish();
  }

  #publish(): void {
    const { findings, messages } = mergeProblems(
      [...this.#findings.values()].flat(),
      [...this.#messages.values()].flat(),
      isBelow,
    );
    this.#shown = messages.filter((message) => !this.#others.say(message));
    const byFile = new Map<string, { readonly uri: vscode.Uri; readonly found: vscode.Diagnostic[] }>();
    for (const { uri, diagnostic } of [...findings, ...this.#shown]) {
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
