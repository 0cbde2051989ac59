import packageJson from '../../package.json' with { type: 'json' };
import { type ErrorValue, asErrorValue } from '../shared/workbenchError.ts';
import type { Command, CommandContext } from './command.ts';
import { build } from './commands/build.ts';
import { run } from './commands/run.ts';
import { test } from './commands/test.ts';
import { exitCodeOf, exitCodes } from './exitCodes.ts';
import { generalHelp } from './help.ts';
import { Output } from './output.ts';
import { renderError } from './render.ts';
import { services } from './services.ts';
import { didYouMean, usageError } from './usage.ts';

const commands: Readonly<Record<string, () => Command | Promise<Command>>> = {
  build: () => build,
  run: () => run,
  test: () => test,
  // What follows is of no use to the others.
  snapshot: async () => (await import('./commands/snapshot.ts')).snapshot,
  check: async () => (await import('./commands/check.ts')).check,
  storage: async () => (await import('./commands/storage.ts')).storage,
};

/**
 * The whole command line.
 *
 * @param dist the folder of the bundles
 * @returns the exit code
 */
export async function commandLine(args: readonly string[], dist: string): Promise<number> {
  const output = new Output(process.stdout, process.stderr);
  const stop = new AbortController();
  const onSignal = () => {
    if (stop.signal.aborted) process.exit(exitCodes.failed); // asked twice: at once
    stop.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const code = await outcome(args, { output, services: services(dist), signal: stop.signal });
  await output.flush();
  process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  if (output.failure === null) return code;
  output.stderr(`✗ The output can't be written: ${output.failure.message}\n`);
  return code === exitCodes.success ? exitCodes.failed : code;
}

async function outcome(args: readonly string[], context: CommandContext): Promise<number> {
  const [name = '', ...rest] = args;
  let command: Command | undefined;
  try {
    if (Object.hasOwn(commands, name)) command = await commands[name]!();
    return command === undefined ? general(name, context.output) : await command.run(rest, context);
  } catch (thrown) {
    const error = asErrorValue(thrown);
    // What names no command is told as of a run.
    if (args.includes('--json')) context.output.stdout((command ?? run).jsonOfError(error));
    else tell(error, context.output);
    return exitCodeOf(error.code);
  }
}

/** What the command line does without a command. */
function general(name: string, output: Output): number {
  if (['--help', '-h', 'help'].includes(name)) {
    output.stdout(generalHelp);
    return exitCodes.success;
  }
  if (name === '--version' || name === '-V') {
    output.stdout(`${packageJson.version}\n`);
    return exitCodes.success;
  }
  const names = Object.keys(commands);
  if (name === '') throw usageError('No command was named.', `Name one of ${names.join(', ')}, or --help.`);
  const kind = name.startsWith('-') ? 'option' : 'command';
  throw usageError(`There is no ${kind} ${name}.`, didYouMean(name, [...names, '--help', '--version']));
}

function tell(error: ErrorValue, output: Output): void {
  // What the compiler said stands above already.
  output.stderr(renderError(output.hasTold(error.cause) ? { ...error, cause: null } : error));
}
