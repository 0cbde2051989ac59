import * as vscode from 'vscode';
import type { Problem } from './cargoProblem.ts';

/** Under these names rust-analyzer shows what cargo check said, and what it found itself. */
const otherSources: readonly (string | undefined)[] = ['rustc', 'clippy', 'rust-analyzer'];

/** What other extensions show of Rust files, so that the same is not shown twice. */
export class OthersProblems {
  /** What was shown at the last look, by file. */
  readonly #seen = new Map<string, string>();

  /** Whether another extension shows this already: the same error, or the same words, in the same line. */
  say({ uri, diagnostic }: Problem): boolean {
    return othersIn(uri).some(
      (other) =>
        other.range.start.line === diagnostic.range.start.line &&
        ((codeOf(other) !== undefined && codeOf(other) === codeOf(diagnostic)) ||
          firstLine(other) === firstLine(diagnostic)),
    );
  }

  /** Whether they show something else in these files than at the last call. */
  haveChanged(uris: readonly vscode.Uri[]): boolean {
    let changed = false;
    for (const uri of uris) {
      const now = JSON.stringify(
        othersIn(uri).map((other) => [other.range.start.line, codeOf(other), firstLine(other)]),
      );
      changed ||= now !== (this.#seen.get(uri.fsPath) ?? '[]');
      this.#seen.set(uri.fsPath, now);
    }
    return changed;
  }
}

function othersIn(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => otherSources.includes(source));
}

function codeOf({ code }: vscode.Diagnostic): string | undefined {
  const value = typeof code === 'object' ? code.value : code;
  return value === undefined ? undefined : String(value);
}

function firstLine({ message }: vscode.Diagnostic): string {
  return message.split('\n', 1)[0]!;
}
