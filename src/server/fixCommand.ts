import type { Command } from 'vscode-languageserver';
import type { Fix, FixAction } from '../diagnostics/fix.ts';
import { fixActionCommand } from '../shared/languageServer.ts';

/** What the editor does when asked; a run's variables and folders it has no place to keep. */
export type EditorAction = Exclude<FixAction, { readonly kind: 'set-environment' | 'add-preopen' }>;

/** Null for what the editor has no command for. */
export function commandOfFix({ title, action }: Fix): Command | null {
  if (action === null || action.kind === 'set-environment' || action.kind === 'add-preopen') return null;
  return { title, command: fixActionCommand, arguments: [action satisfies EditorAction] };
}
