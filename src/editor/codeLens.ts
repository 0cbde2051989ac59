import * as vscode from 'vscode';
import { findMainFunctions } from '../rust/mainFunctions.ts';
import { programOfFile } from '../rust/programs.ts';
import { commands } from './manifest/commands.ts';
import { readText } from './readText.ts';
import { chosenProgram } from './run/chooseProgram.ts';
import type { ChosenProgram } from './run/plan.ts';
import type { Services } from './services.ts';

/** **Run WASM** over the `fn main` of programs. Found from the files alone, so it is there before any build. */
export class RunLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #services: Services;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable;
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(services: Services) {
    this.#services = services;
    // A manifest says which files are programs, and trust says whether they may run.
    const manifests = vscode.workspace.createFileSystemWatcher('**/Cargo.toml');
    const refresh = () => this.#changed.fire();
    this.#disposables = vscode.Disposable.from(
      this.#changed,
      manifests,
      manifests.onDidCreate(refresh),
      manifests.onDidChange(refresh),
      manifests.onDidDelete(refresh),
      vscode.workspace.onDidGrantWorkspaceTrust(refresh),
      vscode.languages.registerCodeLensProvider({ language: 'rust', scheme: 'file' }, this),
    );
  }

  async provideCodeLenses(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeLens[]> {
    const source = document.getText();
    // Most files have no main: they cost neither a manifest nor the parser.
    if (!/\bmain\b/.test(source)) return [];
    const program = await programOfFile(document.uri.fsPath, readText);
    if (program === null || token.isCancellationRequested) return [];
    const mains = findMainFunctions(await this.#services.rustParser(), source);
    const chosen = chosenProgram(program);
    return mains.flatMap(({ startLine, startColumn, endLine, endColumn }) => {
      const range = new vscode.Range(startLine, startColumn, endLine, endColumn);
      return lensCommands(chosen).map((command) => new vscode.CodeLens(range, command));
    });
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}

function lensCommands(program: ChosenProgram): vscode.Command[] {
  if (!vscode.workspace.isTrusted) {
    const tooltip = 'Nothing is built or run in a folder that is not trusted.';
    return [{ title: '$(shield) Trust this folder to run it', command: 'workbench.trust.manage', tooltip }];
  }
  return [
    {
      title: '$(play) Run WASM',
      command: commands.run.id,
      arguments: [program],
      tooltip: `Build ${program.runnable.name} for WebAssembly, run it, and show its output and fuel`,
    },
    {
      title: 'With Input…',
      command: commands.runWithInput.id,
      arguments: [program],
      tooltip: `Run ${program.runnable.name} with text or a file on stdin`,
    },
  ];
}
