import * as vscode from 'vscode';
import { grouped } from '../../shared/text.ts';
import { inlineFuel, setInlineFuel } from '../configuration.ts';
import { commands } from '../manifest/commands.ts';
import { settings } from '../manifest/settings.ts';
import {
  costsByFile,
  type DocumentCosts,
  type FunctionCost,
  hottest,
  type LineCost,
  lineOfFunction,
  moveLines,
} from './inlineCosts.ts';
import type { KeptProfile, Profiles } from './profiles.ts';
import { sourceFile } from './sourceFile.ts';

/** What a file cost, with its lines where they are by now. */
interface ShownCosts extends DocumentCosts {
  /** Whether the file has changed since the run. */
  readonly stale: boolean;
}

/**
 * What the last profile says, where its code is: each function's cost above it, and on request each line's at its
 * end, on a ground that is the warmer the more it cost.
 */
export class FuelInEditor implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #profiles: Profiles;
  /** By profile, then by file: a run's goes on being followed while a saved one stands in its place. */
  readonly #kept = new Map<number, Map<string, ShownCosts>>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable;
  readonly onDidChangeCodeLenses = this.#changed.event;
  /** Made when first shown: by heat, then the one for a file that has changed. */
  #looks: vscode.TextEditorDecorationType[] = [];

  constructor(profiles: Profiles) {
    this.#profiles = profiles;
    this.#disposables = vscode.Disposable.from(
      this.#changed,
      profiles.onDidChange(() => this.#take(profiles.latest)),
      vscode.workspace.onDidChangeTextDocument((change) => this.#follow(change)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#draw()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(settings.inlineFuel.key)) this.#draw();
      }),
      vscode.languages.registerCodeLensProvider({ language: 'rust', scheme: 'file' }, this),
    );
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const costs = this.#shownCosts(document);
    if (costs === undefined) return [];
    const lines = document.getText().split('\n');
    return costs.functions.flatMap((cost) => {
      const line = cost.inlined === null ? cost.line : lineOfFunction(lines, cost.line, cost.inlined);
      if (line === null) return [];
      return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), lensOf(cost, costs.stale));
    });
  }

  /** Shows what lines cost, or no longer. */
  async toggle(): Promise<void> {
    const shown = !inlineFuel();
    await setInlineFuel(shown);
    if (!shown || this.#profiles.latest !== undefined) return;
    const profile = vscode.l10n.t('Run and Profile');
    const text = vscode.l10n.t('Each line’s fuel is shown once a run was profiled.');
    // Not awaited: the command is done, whatever becomes of the message.
    void vscode.window.showInformationMessage(text, profile).then((chosen) => {
      if (chosen === profile) return vscode.commands.executeCommand(commands.runProfiled.id);
      return undefined;
    });
  }

  dispose(): void {
    this.#disposables.dispose();
    for (const look of this.#looks) look.dispose();
  }

  #take(kept: KeptProfile | undefined): void {
    for (const id of this.#kept.keys()) if (this.#profiles.of(id) === undefined) this.#kept.delete(id);
    if (kept !== undefined && !this.#kept.has(kept.id)) {
      const costs = [...costsByFile(kept.profile)].map(
        ([file, costs]) => [sourceFile(file, kept.crateDir), { ...costs, stale: false }] as const,
      );
      this.#kept.set(kept.id, new Map(costs));
    }
    this.#changed.fire();
    this.#draw();
  }

  #shownCosts({ uri }: vscode.TextDocument): ShownCosts | undefined {
    const shown = this.#profiles.latest;
    return shown && this.#kept.get(shown.id)?.get(uri.fsPath);
  }

  /** Keeps costs beside the code that they are of, and says that it is no longer what was run. */
  #follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length === 0) return;
    const before = this.#shownCosts(document);
    for (const byFile of this.#kept.values()) {
      const costs = byFile.get(document.uri.fsPath);
      if (costs !== undefined) byFile.set(document.uri.fsPath, moved(costs, contentChanges));
    }
    if (before === undefined) return;
    if (!before.stale) this.#changed.fire();
    this.#draw();
  }

  #draw(): void {
    const shown = inlineFuel();
    if (!shown && this.#looks.length === 0) return;
    if (this.#looks.length === 0) this.#looks = makeLooks();
    for (const editor of vscode.window.visibleTextEditors) {
      const costs = shown ? this.#shownCosts(editor.document) : undefined;
      this.#looks.forEach((look, heat) => {
        const lines = costs?.lines.filter((cost) => (costs.stale ? hottest + 1 : cost.heat) === heat) ?? [];
        const within = lines.filter(({ line }) => line >= 0 && line < editor.document.lineCount);
        editor.setDecorations(
          look,
          within.map((cost) => atLineEnd(editor.document, cost, costs!.stale)),
        );
      });
    }
  }
}

/** Costs beside the code that they are of once it was edited. */
function moved(costs: ShownCosts, changes: readonly vscode.TextDocumentContentChangeEvent[]): ShownCosts {
  let { lines, functions } = costs;
  for (const { range, text } of changes) {
    const edit = {
      start: range.start.line,
      end: range.end.line,
      inserted: text.split('\n').length - 1,
      atLineStart: range.start.character === 0,
    };
    lines = moveLines(lines, edit);
    functions = moveLines(functions, edit);
  }
  return { lines, functions, stale: true };
}

function makeLooks(): vscode.TextEditorDecorationType[] {
  const look = (background: string | null) =>
    vscode.window.createTextEditorDecorationType({
      isWholeLine: true,
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
      ...(background === null ? {} : { backgroundColor: new vscode.ThemeColor(background) }),
      after: { color: new vscode.ThemeColor('editorCodeLens.foreground'), margin: '0 0 0 3em' },
    });
  const heats = Array.from({ length: hottest }, (_, n) => look(`wasiWorkbench.heat${n + 1}Background`));
  return [look(null), ...heats, look(null)];
}

function atLineEnd(document: vscode.TextDocument, cost: LineCost, stale: boolean): vscode.DecorationOptions {
  const { range } = document.lineAt(cost.line);
  const text = vscode.l10n.t('{0} fuel · {1}', grouped(cost.total), percent(cost.share));
  const contentText = stale ? vscode.l10n.t('{0} (before the last change)', text) : text;
  return { range, renderOptions: { after: { contentText, ...(stale ? { fontStyle: 'italic' } : {}) } } };
}

function lensOf({ inlined, calls, self, total, share }: FunctionCost, stale: boolean): vscode.Command {
  const fuel = vscode.l10n.t('{0} fuel ({1})', grouped(total), percent(share));
  const called = calls === 1 ? vscode.l10n.t('1 call') : vscode.l10n.t('{0} calls', grouped(calls));
  const text = `$(flame) ${fuel} · ${inlined === null ? called : vscode.l10n.t('inlined')}`;
  return {
    title: stale ? vscode.l10n.t('{0} (before the last change)', text) : text,
    command: commands.openPanel.id,
    tooltip: vscode.l10n.t(
      'In the last profiled run, with all that it called; {0} of its own. Click to show the profile',
      grouped(self),
    ),
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.01 ? 2 : 1)} %`;
}
