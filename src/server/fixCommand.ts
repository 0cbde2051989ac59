import type { Command } from 'vscode-languageserver';
import type { FileChange, Fix, FixAction } from '../diagnostics/fix.ts';
import { fixActionCommand } from '../shared/languageServer.ts';

/**
 * What the editor does for a fix once its files are changed: the action of one that has one, and else a source that
 * was made is shown. Null for nothing.
 */
export function commandOfFix({ title, action, changes }: Fix): Command | null {
  if (action !== null) return command(title, action);
  const file = changes.map(fileMade).find((path) => path?.endsWith('.rs'));
  return file == null ? null : command(title, { kind: 'open-source', file, line: 1 });
}

function fileMade(change: FileChange): string | null {
  if (change.kind === 'create') return change.file;
  return change.kind === 'move' ? change.to : null;
}

function command(title: string, action: FixAction): Command {
  return { title, command: fixActionCommand, arguments: [action] };
}
