import type { ErrorValue } from '../shared/workbenchError.ts';
import type { Output } from './output.ts';
import type { Services } from './services.ts';

export interface CommandContext {
  readonly output: Output;
  readonly services: Services;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface Command {
  /**
   * Gets the arguments after the command's name and resolves with the exit code.
   *
   * @throws WorkbenchError for what can't be done; the caller tells it
   */
  run(args: readonly string[], context: CommandContext): Promise<number>;
  /** The line that `--json` prints for an error that came before there was a result. */
  jsonOfError(error: ErrorValue): string;
}
