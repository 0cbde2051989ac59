import { type Environment, withFolderOfTool } from './environment.ts';
import { buildCancelled, toolNotFound } from './errors.ts';
import { findTool } from './findTool.ts';
import { explainFailure } from './knownFailures.ts';
import { runTool } from './tool.ts';

type ToolName = 'cargo' | 'rustc' | 'rustup';

/** Rust's tools on this machine, and the environment they run in. */
export class Tools {
  /** With cargo's folder on the PATH. */
  readonly env: Environment;
  readonly #cargo: string | null;

  constructor(env: Environment, cargoPath: string | null) {
    this.#cargo = cargoPath ?? findTool('cargo', { env });
    this.env = this.#cargo === null ? env : withFolderOfTool(env, this.#cargo);
  }

  /** The same tools with more variables. */
  with(env: Environment | undefined): Tools {
    return env === undefined ? this : new Tools({ ...this.env, ...env }, this.#cargo);
  }

  /** Absolute path, or null where it can't be found. */
  find(name: ToolName): string | null {
    return name === 'cargo' ? this.#cargo : findTool(name, { env: this.env });
  }

  /** Absolute path; throws `cargo-not-found` or `rustup-not-found` where there is none. */
  path(name: ToolName): string {
    const found = this.find(name);
    if (found !== null) return found;
    throw toolNotFound(
      name,
      `${name} was not found on this machine.`,
      `Looked at the variable ${name.toUpperCase()}, PATH, CARGO_HOME, ~/.cargo/bin and the system's folders.`,
    );
  }

  /** What a tool prints on stdout, trimmed; throws with its stderr where it fails. */
  async ask(
    name: ToolName,
    args: readonly string[],
    cwd: string,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const command = this.path(name);
    const { ended, code, stdout, stderr } = await runTool({
      command,
      args,
      cwd,
      env: { ...this.env },
      signal,
    });
    if (ended === 'exited' && code === 0) return stdout.trim();
    if (ended === 'aborted') throw buildCancelled();
    if (ended === 'not-started')
      throw toolNotFound(name, `${name} could not be started.`, `${command}: ${stderr}`);
    throw explainFailure(stderr, `${name} ${args[0] ?? ''} failed`);
  }
}
