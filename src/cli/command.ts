import type { Output } from './output.ts';
import type { Services } from './services.ts';

export interface CommandContext {
  readonly output: Output;
  readonly services: Services;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/**
 * A command: gets the arguments after its name and resolves with the exit code.
 *
 * @throws WorkbenchError for what can't be done; the caller tells it
 */
export type Command = (args: readonly string[], context: CommandContext) => Promise<number>;
