import * as vscode from 'vscode';
import type { CargoDiagnostic } from '../../compiler/cargoMessages.ts';
import type { ReadText } from '../../rust/programs.ts';
import { readText } from '../readText.ts';
import { rustcProblem, utf16Column, type RustcPlace, type RustcProblem } from './rustcProblem.ts';
import { resolveSource } from './sourceRoot.ts';

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

const tags = {
  unnecessary: vscode.DiagnosticTag.Unnecessary,
  deprecated: vscode.DiagnosticTag.Deprecated,
};

/** What cargo said, in the Problems view: for each crate, what its last finished build said. */
export class Problems implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('wasi-workbench');
  readonly #byCrate = new Map<string, readonly (readonly [vscode.Uri, vscode.Diagnostic])[]>();

  /** Shows what a crate's build said in place of what its build before it said. */
  async replace(crateDir: string, diagnostics: readonly CargoDiagnostic[]): Promise<void> {
    const read = readingOnce(readText);
    const unique = new Map<string, Promise<readonly [vscode.Uri, vscode.Diagnostic]>>();
    for (const { message, manifestPath } of diagnostics) {
      const problem = rustcProblem(message);
      // A library and a binary of the same sources say the same twice.
      if (problem) unique.set(JSON.stringify([manifestPath, problem]), located(problem, manifestPath, read));
    }
    this.#byCrate.set(crateDir, await Promise.all(unique.values()));
    this.#publish();
  }

  dispose(): void {
    this.#collection.dispose();
  }

  #publish(): void {
    const byFile = new Map<string, vscode.Diagnostic[]>();
    for (const [uri, diagnostic] of [...this.#byCrate.values()].flat()) {
      const key = uri.toString();
      byFile.set(key, [...(byFile.get(key) ?? []), diagnostic]);
    }
    this.#collection.clear();
    this.#collection.set([...byFile].map(([key, found]) => [vscode.Uri.parse(key), found]));
  }
}

async function located(
  problem: RustcProblem,
  manifestPath: string,
  read: ReadText,
): Promise<readonly [vscode.Uri, vscode.Diagnostic]> {
  const { uri, range } = problem.place
    ? await locationOf(problem.place, manifestPath, read)
    : { uri: vscode.Uri.file(manifestPath), range: new vscode.Range(0, 0, 0, 0) };
  const diagnostic = new vscode.Diagnostic(range, problem.message, severities[problem.severity]);
  diagnostic.source = 'cargo';
  if (problem.code !== null) {
    diagnostic.code =
      problem.codeUrl === null
        ? problem.code
        : { value: problem.code, target: vscode.Uri.parse(problem.codeUrl) };
  }
  if (problem.tag !== null) diagnostic.tags = [tags[problem.tag]];
  diagnostic.relatedInformation = await Promise.all(
    problem.related.map(
      async ({ message, place }) =>
        new vscode.DiagnosticRelatedInformation(await locationOf(place, manifestPath, read), message),
    ),
  );
  return [uri, diagnostic];
}

async function locationOf(place: RustcPlace, manifestPath: string, read: ReadText): Promise<vscode.Location> {
  const path = await resolveSource(place.file, manifestPath, read);
  const lines = ((await read(path)) ?? '').split('\n');
  const position = (line: number, column: number) =>
    new vscode.Position(line - 1, utf16Column(lines[line - 1] ?? '', column));
  const range = new vscode.Range(
    position(place.startLine, place.startColumn),
    position(place.endLine, place.endColumn),
  );
  return new vscode.Location(vscode.Uri.file(path), range);
}

/** Many messages are about few files. */
function readingOnce(readFile: ReadText): ReadText {
  const texts = new Map<string, Promise<string | undefined>>();
  return (path) => {
    const text = texts.get(path) ?? readFile(path);
    texts.set(path, text);
    return text;
  };
}
