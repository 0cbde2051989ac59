import * as vscode from 'vscode';
import type { ReadText } from '../../rust/programs.ts';
import { utf16Column, type RustcPlace, type RustcProblem } from './rustcProblem.ts';
import { resolveSource } from './sourceRoot.ts';

/** A diagnostic and the file that it is shown in. */
export interface Problem {
  readonly uri: vscode.Uri;
  readonly diagnostic: vscode.Diagnostic;
}

/** A diagnostic of the compiler's, and what it suggests. */
export interface CompilerProblem extends Problem {
  readonly fixes: readonly ProblemFix[];
}

export interface ProblemFix {
  readonly title: string;
  readonly isSure: boolean;
  readonly edits: readonly FixEdit[];
}

export interface FixEdit {
  readonly location: vscode.Location;
  readonly newText: string;
  /** The lines that it changes, as the compiler has seen them. */
  readonly lines: readonly string[];
}

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

const tags = {
  unnecessary: vscode.DiagnosticTag.Unnecessary,
  deprecated: vscode.DiagnosticTag.Deprecated,
};

/** A compiler's message where the editor shows it; one about the crate as a whole at its Cargo.toml. */
export async function cargoProblem(
  problem: RustcProblem,
  manifestPath: string,
  read: ReadText,
): Promise<CompilerProblem> {
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
  const fixes = await Promise.all(
    problem.fixes.map(async ({ title, isSure, edits }) => ({
      title,
      isSure,
      edits: await Promise.all(edits.map(({ place, text }) => fixEdit(place, text, manifestPath, read))),
    })),
  );
  return { uri, diagnostic, fixes };
}

async function fixEdit(
  place: RustcPlace,
  newText: string,
  manifestPath: string,
  read: ReadText,
): Promise<FixEdit> {
  const location = await locationOf(place, manifestPath, read);
  const lines = linesOf((await read(location.uri.fsPath)) ?? '');
  return { location, newText, lines: lines.slice(place.startLine - 1, place.endLine) };
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/);
}

async function locationOf(place: RustcPlace, manifestPath: string, read: ReadText): Promise<vscode.Location> {
  const path = await resolveSource(place.file, manifestPath, read);
  const lines = linesOf((await read(path)) ?? '');
  const position = (line: number, column: number) =>
    new vscode.Position(line - 1, utf16Column(lines[line - 1] ?? '', column));
  const range = new vscode.Range(
    position(place.startLine, place.startColumn),
    position(place.endLine, place.endColumn),
  );
  return new vscode.Location(vscode.Uri.file(path), range);
}

/** Many messages are about few files. */
export function readingOnce(readFile: ReadText): ReadText {
  const texts = new Map<string, Promise<string | undefined>>();
  return (path) => {
    const text = texts.get(path) ?? readFile(path);
    texts.set(path, text);
    return text;
  };
}
