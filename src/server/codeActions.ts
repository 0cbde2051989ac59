import { type CodeAction, CodeActionKind, type CodeActionParams, type Range } from 'vscode-languageserver';
import { isBefore } from '../diagnostics/position.ts';
import { fixAllKind } from '../shared/languageServer.ts';
import { diagnosticOf } from './diagnostic.ts';
import type { CheckedFinding } from './findingStore.ts';
import { fixAll } from './fixAll.ts';
import { commandOfFix } from './fixCommand.ts';
import { type PendingFix, pendingFix } from './fixEdit.ts';

/**
 * What can be done about the findings of a file at a place. File changes are left to `codeAction/resolve`, which
 * can tell whether a file has changed meanwhile.
 */
export function codeActions(
  findings: readonly CheckedFinding[],
  { range, context }: Pick<CodeActionParams, 'range' | 'context'>,
  uriScheme: string,
): CodeAction[] {
  const wants = (kind: string) =>
    context.only === undefined || context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    for (const { finding, texts } of findings) {
      if (!touches(finding.range, range)) continue;
      finding.fixes.forEach((fix, at) => {
        const command = commandOfFix(fix, finding.file);
        actions.push({
          title: fix.title,
          kind: CodeActionKind.QuickFix,
          diagnostics: [diagnosticOf(finding, uriScheme)],
          isPreferred: at === 0,
          ...(command === null ? { data: pendingFix(fix, texts) satisfies PendingFix } : { command }),
        });
      });
    }
    if (actions.length > 0) {
      actions.push(...allActions(findings, CodeActionKind.QuickFix, 2));
    }
  }
  // Only where asked for by name: on save, or from the menu of source actions.
  if (context.only !== undefined && wants(fixAllKind)) actions.push(...allActions(findings, fixAllKind, 1));
  return actions;
}

function allActions(findings: readonly CheckedFinding[], kind: string, least: number): CodeAction[] {
  const [first] = findings;
  const fix = fixAll(
    findings.map(({ finding }) => finding),
    'Fix all that is safe to fix for WASI in this file',
    least,
  );
  if (first === undefined || fix === null) return [];
  return [{ title: fix.title, kind, data: pendingFix(fix, first.texts) satisfies PendingFix }];
}

function touches(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}
