import packageJson from '../../package.json' with { type: 'json' };
import { type ErrorValue, asErrorValue } from '../shared/workbenchError.ts';
import type { Command, CommandContext } from './command.ts';
import { build } from './commands/build.ts';
import { run } from './commands/run.ts';
import { test } from './commands/test.ts';
import { exitCodeOf, exitCodes } from './exitCodes.ts';
import { generalHelp } from './help.ts';
import { buildJson, errorJson, nothingRan, runJson } from './json.ts';
import { Output } from './output.ts';
import { testJson } from './testReport.ts';
import { renderError } from './render.ts';
import { services } from './services.ts';
import { didYouMean, usageError } from './usage.ts';

const commands: Readonly<Record<string, Command>> = {
  build,
  run,
  test,
  // What follows is of no use to the others.
  snapshot: async (...given) => (await import('./commands/snapshot.ts')).snapshot(...given),
  check: async (...given) => (await import('./commands/check.ts')).check(...given),
  storage: async (...given) => (await import('./commands/storage.ts')).storage(...given),
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
  try {
    return await dispatch(args, context);
  } catch (thrown) {
    const error = asErrorValue(thrown);
    tell(error, args, context.output);
    return exitCodeOf(error.code);
  }
}

async function dispatch(args: readonly string[], context: CommandContext): Promise<number> {
  const { output } = context;
  const [name = '', ...rest] = args;
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
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command(rest, context);
  const kind = name.startsWith('-') ? 'option' : 'command';
  throw usageError(`There is no ${kind} ${name}.`, didYouMean(name, [...names, '--help', '--version']));
}

/** An error that came before there was a result. */
function tell(error: ErrorValue, args: readonly string[], output: Output): void {
  // What the compiler said stands above already.
  const left = output.hasTold(error.cause) ? { ...error, cause: null } : error;
  if (!args.includes('--json')) output.stderr(renderError(left));
  else output.stdout(jsonOfError(args[0], error));
}

function jsonOfError(command: string | undefined, error: ErrorValue): string {
  if (command === 'check') return `${JSON.stringify({ findings: [], error: errorJson(error) })}\n`;
  if (command === 'test') return testJson([], error);
  if (command === 'snapshot')
    return `${JSON.stringify({ success: false, cases: [], error: errorJson(error) })}\n`;
  return command === 'build' ? buildJson(null, error) : runJson(nothingRan(error));
}
