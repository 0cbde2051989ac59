import * as vscode from 'vscode';
import { byteSize } from '../../shared/text.ts';
import { asErrorValue } from '../../shared/workbenchError.ts';
import { runSettings } from '../configuration.ts';
import type { ProgramBuilder } from '../run/programBuilder.ts';
import { requireTrust } from '../trust.ts';
import { colourCargo } from './colourCargo.ts';
import { taskBuild } from './taskDefinition.ts';

const failed = 1;

/** The terminal of a task: builds when it opens, and ends the build when it is closed. */
export class BuildTerminal implements vscode.Pseudoterminal {
  readonly #builder: ProgramBuilder;
  readonly #definition: vscode.TaskDefinition;
  readonly #folder: string;
  readonly #cancel = new AbortController();
  readonly #written = new vscode.EventEmitter<string>();
  readonly #ended = new vscode.EventEmitter<number>();
  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#ended.event;

  /** @param folder what the definition's paths are relative to */
  constructor(builder: ProgramBuilder, definition: vscode.TaskDefinition, folder: string) {
    this.#builder = builder;
    this.#definition = definition;
    this.#folder = folder;
  }

  open(): void {
    void this.#build().then((exitCode) => this.#ended.fire(exitCode));
  }

  close(): void {
    this.#cancel.abort();
  }

  /** Ctrl-C, as in any terminal. */
  handleInput(data: string): void {
    if (data === '\x03') this.#cancel.abort();
  }

  async #build(): Promise<number> {
    try {
      requireTrust();
      const { plan, profile } = taskBuild(this.#definition, this.#folder);
      const settings = runSettings(plan.crateDir);
      const built = await this.#builder.build(
        plan,
        { ...settings, buildProfile: profile ?? settings.buildProfile },
        {
          onLine: (line) => this.#write(colourCargo(line)),
          onDiagnostic: ({ message }) => this.#write(colourCargo(message.rendered ?? message.message)),
        },
        this.#cancel.signal,
      );
      this.#write(`${built.artefactPath}: ${byteSize(built.wasm.length)}`);
      for (const note of built.notes) this.#write(note);
      return 0;
    } catch (thrown) {
      const { message, cause, hint, code } = asErrorValue(thrown);
      // cargo's own words stand above already.
      const parts = [`error: ${message}`, code === 'build-failed' ? null : cause, hint];
      this.#write(colourCargo(parts.filter((part) => part !== null).join('\n')));
      return failed;
    }
  }

  #write(text: string): void {
    this.#written.fire(`${text.trimEnd().replaceAll(/\r?\n/g, '\r\n')}\r\n`);
  }
}
