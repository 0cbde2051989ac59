import * as vscode from 'vscode';
import type { CompilerProblem, FixEdit, ProblemFix } from './cargoProblem.ts';
import type { Problems } from './problems.ts';
import { readText } from '../readText.ts';

/** What rustc suggests, as quick fixes: for as long as the lines are those that it has seen. */
export class CompilerFixes implements vscode.CodeActionProvider {
  readonly #problems: Problems;

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  async provideCodeActions(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
    const actions = this.#problems
      .messagesAt(document.uri, range)
      .flatMap((problem) => problem.fixes.map((fix) => actionOf(problem, fix)));
    return (await Promise.all(actions)).filter((action) => action !== null);
  }
}

/** Offers what rustc suggests as quick fixes of its messages. */
export function registerCompilerFixes(problems: Problems): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    [
      { language: 'rust', scheme: 'file' },
      { pattern: '**/Cargo.toml', scheme: 'file' },
    ],
    new CompilerFixes(problems),
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

/** Null where a line has changed since. */
async function actionOf(
  { diagnostic }: CompilerProblem,
  { title, isSure, edits }: ProblemFix,
): Promise<vscode.CodeAction | null> {
  if (!(await Promise.all(edits.map(isCurrent))).every(Boolean)) return null;
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.isPreferred = isSure;
  action.edit = new vscode.WorkspaceEdit();
  for (const { location, newText } of edits) action.edit.replace(location.uri, location.range, newText);
  return action;
}

async function isCurrent({ location, lines }: FixEdit): Promise<boolean> {
  const text = await readText(location.uri.fsPath);
  if (text === undefined) return false;
  const first = location.range.start.line;
  const now = text.split(/\r?\n/).slice(first, first + lines.length);
  return now.length > 0 && now.join('\n') === lines.join('\n');
}
