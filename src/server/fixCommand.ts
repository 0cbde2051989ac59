import type { Command } from 'vscode-languageserver';
import type { Fix } from '../diagnostics/fix.ts';
import { fixActionCommand } from '../shared/languageServer.ts';

/**
 * Null for a fix that changes files.
 *
 * @param file of the finding
 */
export function commandOfFix({ title, action }: Fix, file: string): Command | null {
  return action === null ? null : { title, command: fixActionCommand, arguments: [action, file] };
}
