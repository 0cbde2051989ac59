import * as vscode from 'vscode';
import { askInput } from '../run/askInput.ts';
import type { RunPlan } from '../run/plan.ts';
import { planOfWasmFile } from './wasmProgram.ts';

/** The .wasm file that a command is about: the one that a menu names, else the one that the user picks. */
export async function chooseWasmFile(given: unknown): Promise<string | undefined> {
  if (given instanceof vscode.Uri) return given.fsPath;
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('A WebAssembly Program'),
      filters: { WebAssembly: ['wasm'] },
    })) ?? [];
  return file?.fsPath;
}

/** Asks for a .wasm file, where none is given, and for its input; undefined where the user went away. */
export async function planWasmFile(state: vscode.Memento, given: unknown): Promise<RunPlan | undefined> {
  const path = await chooseWasmFile(given);
  if (path === undefined) return undefined;
  const plan = planOfWasmFile(path, { kind: 'none' });
  const input = await askInput(state, plan, null);
  return input && { ...plan, input };
}
