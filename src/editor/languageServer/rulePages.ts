import * as vscode from 'vscode';
import { isRuleCode } from '../../shared/ruleCode.ts';

/** Opens the page of a rule for `vscode://wasi-workbench.wasi-workbench/diagnostics/NAME`; other addresses do nothing. */
export function registerRulePages(extensionUri: vscode.Uri): vscode.Disposable {
  return vscode.window.registerUriHandler({
    async handleUri({ path }) {
      const name = /^\/diagnostics\/([a-z0-9-]+)$/.exec(path)?.[1];
      if (name === undefined || !isRuleCode(`wasi/${name}`)) return;
      const page = vscode.Uri.joinPath(extensionUri, 'docs', 'diagnostics', `${name}.md`);
      await vscode.commands.executeCommand('markdown.showPreview', page);
    },
  });
}
