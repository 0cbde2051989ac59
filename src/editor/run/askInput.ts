import * as vscode from 'vscode';
import type { PlannedInput } from './plan.ts';

const recentKey = 'recentInputs';
const recentCount = 10;

type Choice = vscode.QuickPickItem & { readonly choose: () => Promise<PlannedInput | undefined> };

/** Asks what stdin should be; undefined where the user went away. Texts are offered again the next time. */
export async function askInput(state: vscode.Memento, crateDir: string): Promise<PlannedInput | undefined> {
  const recent = state.get<string[]>(recentKey, []);
  const choices: Choice[] = [
    { label: '$(edit) Type Text…', choose: () => askText(recent[0] ?? '') },
    { label: '$(file) Choose a File…', choose: () => askFile(crateDir) },
    ...editorChoice(),
    { label: '$(circle-slash) No Input', choose: () => Promise.resolve({ kind: 'none' }) },
    ...recent.map((text): Choice => ({
      label: `$(history) ${text.replaceAll(/\s+/g, ' ').slice(0, 80)}`,
      choose: () => Promise.resolve({ kind: 'text', text }),
    })),
  ];
  const chosen = await vscode.window.showQuickPick(choices, {
    placeHolder: 'What the program reads on stdin',
  });
  const input = await chosen?.choose();
  if (input?.kind === 'text') {
    const others = recent.filter((text) => text !== input.text);
    await state.update(recentKey, [input.text, ...others].slice(0, recentCount));
  }
  return input;
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
  return [{ label, description: 'the file in the editor', choose }];
}

async function askText(value: string): Promise<PlannedInput | undefined> {
  const text = await vscode.window.showInputBox({
    title: 'Input of the Program',
    prompt: 'These characters are all of stdin, as UTF-8; no line end is added.',
    value,
  });
  return text === undefined ? undefined : { kind: 'text', text };
}

async function askFile(crateDir: string): Promise<PlannedInput | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: 'Input of the Program',
      openLabel: 'Use as Input',
      defaultUri: vscode.Uri.file(crateDir),
    })) ?? [];
  return file && { kind: 'file', path: file.fsPath };
}
