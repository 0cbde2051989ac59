import type { Output } from './output.ts';

/**
 * A command: gets the arguments after its name and resolves with the exit code.
 *
 * @throws WorkbenchError for what can't be done; the caller tells it
 */
export type Command = (args: readonly string[], output: Output, signal: AbortSignal) => Promise<number>;
