import * as vscode from 'vscode';
import type { SavedInput } from '../../shared/savedInput.ts';
import { commands } from '../manifest/commands.ts';
import type { ChosenProgram, PlannedInput } from './plan.ts';

const recentKey = 'recentInputs';
const recentCount = 10;

type Choice = vscode.QuickPickItem & { readonly choose: () => Promise<PlannedInput | undefined> };

/**
 * Asks what the program should be run with: a saved case, or what stdin should be. Undefined where the user went
 * away. Texts are offered again the next time.
 *
 * @param cases null where the program is of no crate, and so can't have any
 */
export async function askInput(
  state: vscode.Memento,
  program: ChosenProgram,
  cases: readonly SavedInput[] | null,
): Promise<PlannedInput | undefined> {
  const recent = state.get<string[]>(recentKey, []);
  const choices: Choice[] = [
    ...(cases ?? []).map(caseChoice),
    { label: `$(edit) ${vscode.l10n.t('Type Text…')}`, choose: () => askText(recent[0] ?? '') },
    { label: `$(file) ${vscode.l10n.t('Choose a File…')}`, choose: () => askFile(program.crateDir) },
    ...editorChoice(),
    {
      label: `$(circle-slash) ${vscode.l10n.t('No Input')}`,
      choose: () => Promise.resolve({ kind: 'none' }),
    },
    ...recent.map((text): Choice => ({
      label: `$(history) ${text.replaceAll(/\s+/g, ' ').slice(0, 80)}`,
      choose: () => Promise.resolve({ kind: 'text', text }),
    })),
    ...inputsChoice(program, cases),
  ];
  const chosen = await vscode.window.showQuickPick(choices, {
    placeHolder: vscode.l10n.t('What to run the program with'),
  });
  const input = await chosen?.choose();
  if (input?.kind === 'text') {
    const others = recent.filter((text) => text !== input.text);
    await state.update(recentKey, [input.text, ...others].slice(0, recentCount));
  }
  return input;
}

function caseChoice({ name, stdin, args = [] }: SavedInput): Choice {
  const parts = stdin === undefined ? [] : [Object.keys(stdin)[0]!];
  return {
    label: `$(beaker) ${name}`,
    description: [vscode.l10n.t('saved case'), ...parts, ...args].join(' · '),
    choose: () => Promise.resolve({ kind: 'case', name }),
  };
}

function inputsChoice(program: ChosenProgram, cases: readonly SavedInput[] | null): Choice[] {
  if (cases === null) return [];
  const label = `$(go-to-file) ${vscode.l10n.t('Open Inputs File')}`;
  return [{ label, description: vscode.l10n.t('saved cases'), choose: () => openFile(program) }];
}

async function openFile(program: ChosenProgram): Promise<undefined> {
  await vscode.commands.executeCommand(commands.openInputs.id, program);
  return undefined;
}

/** The text before the user, where it isn't a program itself. */
function editorChoice(): Choice[] {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.uri.scheme !== 'file' || ['rust', 'toml'].includes(document.languageId)) return [];
  const label = `$(go-to-file) ${vscode.workspace.asRelativePath(document.uri)}`;
  const choose = async (): Promise<PlannedInput> => {
    await document.save();
    return { kind: 'file', path: document.uri.fsPath };
  };
  return [{ label, description: vscode.l10n.t('the file in the editor'), choose }];
}

async function askText(value: string): Promise<PlannedInput | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Input of the Program'),
    prompt: vscode.l10n.t('These characters are all of stdin, as UTF-8; no line end is added.'),
    value,
    // It may be fetched from elsewhere first.
    ignoreFocusOut: true,
  });
  return text === undefined ? undefined : { kind: 'text', text };
}

async function askFile(crateDir: string): Promise<PlannedInput | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Input of the Program'),
      openLabel: vscode.l10n.t('Use as Input'),
      defaultUri: vscode.Uri.file(crateDir),
    })) ?? [];
  return file && { kind: 'file', path: file.fsPath };
}
