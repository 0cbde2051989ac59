import type * as vscode from 'vscode';
import { casesOf, inputsPath } from '../../cases/inputsFile.ts';
import type { SavedInput } from '../../shared/savedInput.ts';
import { WorkbenchError } from '../../shared/workbenchError.ts';
import { readText } from '../readText.ts';
import type { ChosenProgram, PlannedInput } from '../run/plan.ts';

/** The cases of crates as their inputs files have them, unsaved edits included, and which one is a crate's default. */
export class SavedCases {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  /**
   * All cases of a crate; none where it has no inputs file.
   *
   * @throws WorkbenchError `usage` for a file with mistakes
   */
  async of(crateDir: string): Promise<SavedInput[]> {
    const path = inputsPath(crateDir);
    const source = await readText(path);
    return source === undefined ? [] : casesOf(source, path).map(({ saved }) => saved);
  }

  /** Those that a program can be run with: they name it, or no program. */
  async for({ crateDir, runnable }: ChosenProgram): Promise<SavedInput[]> {
    const fits = ({ bin }: SavedInput) =>
      bin === undefined || (runnable.kind === 'bin' && bin === runnable.name);
    return (await this.of(crateDir)).filter(fits);
  }

  /** What Run takes: the case that was chosen last, else the first, else nothing. */
  async defaultInput(program: ChosenProgram): Promise<PlannedInput> {
    const cases = await this.for(program);
    const last = this.lastChosen(program.crateDir);
    const chosen = cases.find(({ name }) => name === last) ?? cases[0];
    return chosen ? { kind: 'case', name: chosen.name } : { kind: 'none' };
  }

  /** The name of the case that was chosen last, which may be gone by now; null where none was. */
  lastChosen(crateDir: string): string | null {
    return this.#state.get<string>(stateKey(crateDir)) ?? null;
  }

  async remember(crateDir: string, name: string): Promise<void> {
    await this.#state.update(stateKey(crateDir), name);
  }

  /** @throws WorkbenchError `usage` where there is no such case any more */
  async named(crateDir: string, name: string): Promise<SavedInput> {
    const found = (await this.of(crateDir)).find((each) => each.name === name);
    if (found) return found;
    throw new WorkbenchError('usage', `The inputs file has no case “${name}”.`, {
      hint: 'Choose another with “Run with Input…”.',
    });
  }
}

function stateKey(crateDir: string): string {
  return `case:${crateDir}`;
}
