import { type Environment, withFolderOfTool } from './environment.ts';
import { buildCancelled, toolNotFound } from './errors.ts';
import { findTool } from './findTool.ts';
import { explainFailure } from './knownFailures.ts';
import { runTool } from './runTool.ts';

type ToolName = 'cargo' | 'rustc' | 'rustup';

export interface AskOptions {
  readonly signal?: AbortSignal | undefined;
  /** What rustup says on stderr while it downloads a toolchain; cargo's own warnings come again with the build. */
  readonly onLine?: ((line: string) => void) | undefined;
}

/** Rust's tools on this machine, and the environment they run in. */
export class RustTools {
  /** With cargo's folder on the PATH. */
  readonly env: Environment;
  readonly #cargo: string | null;

  constructor(env: Environment, cargoPath: string | null) {
    this.#cargo = cargoPath ?? findTool('cargo', { env });
    this.env = this.#cargo === null ? env : withFolderOfTool(env, this.#cargo);
  }

  /** The same tools with more variables. */
  with(env: Environment | undefined): RustTools {
    return env === undefined ? this : new RustTools({ ...this.env, ...env }, this.#cargo);
  }

  /** Absolute path, or null where it can't be found. */
  find(name: ToolName): string | null {
    return name === 'cargo' ? this.#cargo : findTool(name, { env: this.env, beside: this.#cargo });
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

  /**
   * What a tool prints on stdout, trimmed; throws with its stderr where it fails. One call at a time: rustup may
   * install a missing toolchain at the first, and two of them would get in each other's way.
   */
  async ask(
    name: ToolName,
    args: readonly string[],
    cwd: string,
    { signal, onLine }: AskOptions,
  ): Promise<string> {
    const command = this.path(name);
    const lines: string[] = [];
    const onStderrLine = (line: string) => {
      lines.push(line);
      if (line.startsWith('info: ')) onLine?.(line);
    };
    const exit = await runTool({ command, args, cwd, env: { ...this.env }, signal, onStderrLine });
    const { ended, code, stdout, error } = exit;
    if (ended === 'exited' && code === 0) return stdout.trim();
    if (ended === 'aborted') throw buildCancelled();
    if (ended === 'not-started')
      throw toolNotFound(name, `${name} could not be started.`, `${command}: ${error}`);
    throw explainFailure(lines.join('\n'), `${name} ${args[0] ?? ''} failed`);
  }
}
