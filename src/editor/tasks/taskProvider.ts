import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import type { PackageProgram } from '../../rust/programs.ts';
import type { Target } from '../../shared/target.ts';
import type { ProgramBuilder } from '../run/programBuilder.ts';
import { programsOfWindow } from '../run/windowPrograms.ts';
import { BuildTerminal } from './buildTerminal.ts';
import { taskType, type WasiTaskDefinition } from './taskDefinition.ts';

/** Offers a build task for every program of the window and target that it can be built for. */
export class BuildTasks implements vscode.TaskProvider {
  readonly #builder: ProgramBuilder;

  constructor(builder: ProgramBuilder) {
    this.#builder = builder;
  }

  async provideTasks(): Promise<vscode.Task[]> {
    if (!vscode.workspace.isTrusted) return [];
    return (await programsOfWindow()).flatMap((program) => this.#tasksOf(program));
  }

  /** The task of an entry in tasks.json, whatever it leaves out. */
  resolveTask({ definition, scope, name }: vscode.Task): vscode.Task {
    const folder = typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0];
    return this.#task(definition, folder, name);
  }

  #tasksOf(program: PackageProgram): vscode.Task[] {
    const { crateDir } = program;
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(crateDir));
    if (!folder) return [];
    const crate = relative(folder.uri.fsPath, crateDir).split(sep).join('/') || '.';
    return targetsOf(program).map((target) => {
      const definition: WasiTaskDefinition = {
        type: taskType,
        crate,
        ...(program.kind === 'cdylib' ? {} : { [program.kind]: program.name }),
        target,
      };
      return this.#task(definition, folder, `build ${program.name} for ${target}`);
    });
  }

  #task(
    definition: vscode.TaskDefinition,
    folder: vscode.WorkspaceFolder | undefined,
    name: string,
  ): vscode.Task {
    const base = folder?.uri.fsPath ?? '';
    const execution = new vscode.CustomExecution((resolved) =>
      Promise.resolve(new BuildTerminal(this.#builder, resolved, base)),
    );
    // cargo's messages become problems by themselves, so that no matcher has to read them from text.
    const task = new vscode.Task(
      definition,
      folder ?? vscode.TaskScope.Workspace,
      name,
      taskType,
      execution,
      [],
    );
    task.group = vscode.TaskGroup.Build;
    task.detail = String(definition['crate'] ?? '.');
    return task;
  }
}

/** A library without a main is a bare module; every other program speaks WASI. */
function targetsOf({ kind }: PackageProgram): Target[] {
  return kind === 'cdylib' ? ['wasm32-unknown-unknown'] : ['wasm32-wasip2', 'wasm32-wasip1'];
}
