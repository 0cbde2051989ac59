import { dirname, relative } from 'node:path';
import * as vscode from 'vscode';
import type { Runnable } from '../../compiler/buildRequest.ts';
import { nearestManifest, programOfFile, type Program } from '../../rust/programs.ts';
import { WorkbenchError } from '../../shared/workbenchError.ts';
import { crateLabel } from '../crateLabel.ts';
import { readText } from '../readText.ts';
import type { Services } from '../services.ts';
import { packageFolders } from './manifests.ts';
import type { ChosenProgram } from './plan.ts';

/** Finds out which program a command without an argument is about. */
export class ProgramChooser {
  readonly #services: Services;
  readonly #state: vscode.Memento;

  constructor(services: Services, state: vscode.Memento) {
    this.#services = services;
    this.#state = state;
  }

  /**
   * The program of the file at hand, which is the editor's where none is given; else the crate's only one; else the
   * one chosen for that crate before; else the user is asked. Undefined where the user went away.
   *
   * @throws WorkbenchError `crate-not-found`, `no-binary`
   */
  async choose({ again = false, file = activeFile() } = {}): Promise<ChosenProgram | undefined> {
    const program = file === undefined || again ? null : await programOfFile(file, readText);
    if (program !== null) return chosenProgram(program);
    const crateDir = await this.#crate(file);
    if (crateDir === undefined) return undefined;
    const runnables = await (await this.#services.compiler()).runnables(crateDir);
    if (runnables.length <= 1) {
      const [only] = runnables;
      if (only === undefined) throw noProgram(crateDir);
      return chosenRunnable(only);
    }
    const before = again ? undefined : this.#state.get<string>(stateKey(crateDir));
    const runnable = runnables.find((one) => labelOf(one) === before) ?? (await pickRunnable(runnables));
    if (runnable === undefined) return undefined;
    await this.#state.update(stateKey(crateDir), labelOf(runnable));
    return chosenRunnable(runnable);
  }

  /** The crate that a command without an argument is about; undefined where the user went away. */
  chooseCrate(file = activeFile()): Promise<string | undefined> {
    return this.#crate(file);
  }

  /** The crate that a file belongs to, else the only one of the window, else the user is asked. */
  async #crate(file: string | undefined): Promise<string | undefined> {
    const near = file === undefined ? null : await nearestManifest(dirname(file), readText);
    if (near !== null) return near.crateDir;
    const crates = await packageFolders();
    if (crates.length === 0) {
      throw new WorkbenchError('crate-not-found', 'There is no Rust crate in this window.', {
        hint: 'Open a folder that holds a Cargo.toml, or make one with “cargo new”.',
      });
    }
    if (crates.length === 1) return crates[0];
    const items = crates.map((crateDir) => ({
      label: crateLabel(crateDir),
      crateDir,
    }));
    return (
      await vscode.window.showQuickPick(items, {
        placeHolder: vscode.l10n.t('The crate to build'),
      })
    )?.crateDir;
  }
}

/** A program found in sources, as commands take it. */
export function chosenProgram({ kind, name, package: pkg, crateDir }: Program): ChosenProgram {
  return { crateDir, runnable: { kind, name, package: pkg } };
}

function chosenRunnable({ kind, name, package: pkg, manifestPath }: Runnable): ChosenProgram {
  return { crateDir: dirname(manifestPath), runnable: { kind, name, package: pkg } };
}

function activeFile(): string | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === 'file' ? uri.fsPath : undefined;
}

async function pickRunnable(runnables: readonly Runnable[]): Promise<Runnable | undefined> {
  const items = runnables.map((runnable) => ({
    label: runnable.name,
    description: vscode.l10n.t('{0} of {1}', runnable.kind, runnable.package),
    detail: relative(dirname(runnable.manifestPath), runnable.sourcePath),
    runnable,
  }));
  return (
    await vscode.window.showQuickPick(items, {
      placeHolder: vscode.l10n.t('The program to run'),
    })
  )?.runnable;
}

function labelOf({ package: pkg, kind, name }: Runnable): string {
  return `${pkg}/${kind}/${name}`;
}

function stateKey(crateDir: string): string {
  return `program:${crateDir}`;
}

function noProgram(crateDir: string): WorkbenchError {
  return new WorkbenchError('no-binary', `${crateDir} has no program to run.`, {
    hint: 'Add src/main.rs with a “fn main”, or an example.',
  });
}
