import * as vscode from 'vscode';
import { findMainFunctions } from '../rust/mainFunctions.ts';
import { programOfFile } from '../rust/programs.ts';
import type { Target } from '../shared/target.ts';
import type { SavedCases } from './cases/savedCases.ts';
import { runSettings } from './configuration.ts';
import { commands } from './manifest/commands.ts';
import { section } from './manifest/settings.ts';
import { readText } from './readText.ts';
import { chosenProgram } from './run/chooseProgram.ts';
import type { LastOutcome, LastOutcomes } from './run/lastOutcomes.ts';
import type { ChosenProgram } from './run/plan.ts';
import type { Services } from './services.ts';

const rustFiles: vscode.DocumentFilter = { language: 'rust', scheme: 'file' };

/** Most files have no main: they cost neither a manifest nor the parser. */
const mayHaveMain = (source: string): boolean => /\bmain\b/.test(source);

/** **Run WASM** over the `fn main` of programs. Found from the files alone, so it is there before any build. */
export class RunLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #services: Services;
  readonly #cases: SavedCases;
  readonly #outcomes: LastOutcomes;
  readonly #onShown: (program: ChosenProgram) => void;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable;
  readonly onDidChangeCodeLenses = this.#changed.event;

  /** @param onShown told of each program that lenses stand over */
  constructor(
    services: Services,
    cases: SavedCases,
    outcomes: LastOutcomes,
    onShown: (program: ChosenProgram) => void,
  ) {
    this.#services = services;
    this.#cases = cases;
    this.#outcomes = outcomes;
    this.#onShown = onShown;
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
      outcomes.onDidChange(refresh),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(section)) refresh();
      }),
      vscode.languages.registerCodeLensProvider(rustFiles, this),
      vscode.workspace.onDidOpenTextDocument((document) => this.#expect(document)),
    );
  }

  async provideCodeLenses(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeLens[]> {
    const source = document.getText();
    if (!mayHaveMain(source)) return [];
    const program = await programOfFile(document.uri.fsPath, readText);
    if (program === null || token.isCancellationRequested) return [];
    const mains = findMainFunctions(await this.#services.rustParser(), source);
    const chosen = chosenProgram(program);
    this.#onShown(chosen);
    const shown = {
      program: chosen,
      target: await this.#targetOf(chosen),
      outcome: this.#outcomes.of(chosen),
    };
    return mains.flatMap(({ startLine, startColumn, endLine, endColumn }) => {
      const range = new vscode.Range(startLine, startColumn, endLine, endColumn);
      return lensCommands(shown).map((command) => new vscode.CodeLens(range, command));
    });
  }

  /** The editor asks for a file's lenses a moment after it was opened: the parser is loaded meanwhile. */
  #expect(document: vscode.TextDocument): void {
    if (vscode.languages.match(rustFiles, document) === 0 || !mayHaveMain(document.getText())) return;
    // Who asks for lenses is told what fails.
    this.#services.rustParser().catch(() => undefined);
  }

  /** What Run would build for: the case that it takes may say so, else the setting does. */
  async #targetOf(program: ChosenProgram): Promise<ShownTarget> {
    // A file with mistakes is told of when it is used.
    const cases = await this.#cases.for(program).catch(() => []);
    const input = await this.#cases.defaultInput(program).catch(() => null);
    const saved = input?.kind === 'case' ? cases.find(({ name }) => name === input.name) : undefined;
    if (saved?.target !== undefined) return { name: saved.target, ofCase: saved.name };
    return { name: runSettings(program.crateDir).target, ofCase: null };
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}

interface ShownTarget {
  readonly name: Target;
  /** The case that fixes it; null where the setting does. */
  readonly ofCase: string | null;
}

interface Shown {
  readonly program: ChosenProgram;
  readonly target: ShownTarget;
  readonly outcome: LastOutcome | undefined;
}

function lensCommands({ program, target, outcome }: Shown): vscode.Command[] {
  if (!vscode.workspace.isTrusted) {
    const title = `$(shield) ${vscode.l10n.t('Trust this folder to run it')}`;
    const tooltip = vscode.l10n.t('Nothing is built or run in a folder that is not trusted.');
    return [{ title, command: 'workbench.trust.manage', tooltip }];
  }
  const { name } = program.runnable;
  return [
    {
      title: `$(play) ${vscode.l10n.t('Run WASM')}`,
      command: commands.run.id,
      arguments: [program],
      tooltip: vscode.l10n.t('Build {0} for WebAssembly, run it, and show its output and fuel', name),
    },
    // The fuel, then the target, come before what follows: half an editor's width has room for them.
    ...(outcome ? [outcomeLens(outcome)] : []),
    targetLens(program, target),
    {
      title: vscode.l10n.t('With Input…'),
      command: commands.runWithInput.id,
      arguments: [program],
      tooltip: vscode.l10n.t('Run {0} with a saved case, or with text or a file on stdin', name),
    },
    {
      title: vscode.l10n.t('Run and Profile'),
      command: commands.runProfiled.id,
      arguments: [program],
      tooltip: vscode.l10n.t('Run {0} and show which function and line its fuel went to', name),
    },
  ];
}

function targetLens(program: ChosenProgram, { name, ofCase }: ShownTarget): vscode.Command {
  return ofCase === null
    ? {
        title: name,
        command: commands.chooseTarget.id,
        arguments: [program],
        tooltip: vscode.l10n.t('What Run builds for; click to choose another'),
      }
    : {
        title: name,
        command: commands.openInputs.id,
        arguments: [program],
        tooltip: vscode.l10n.t('What the saved case “{0}” is built for; click to change it there', ofCase),
      };
}

function outcomeLens({ success, text, stale }: LastOutcome): vscode.Command {
  const shown = `${success ? '$(pass)' : '$(error)'} ${text}`;
  return {
    title: stale ? vscode.l10n.t('{0} (before the last change)', shown) : shown,
    command: commands.openPanel.id,
    tooltip: stale
      ? vscode.l10n.t('The last run; sources have changed since')
      : vscode.l10n.t('The last run; click to show it'),
  };
}
