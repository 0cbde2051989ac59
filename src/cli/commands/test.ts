import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CaseRunner } from '../../cases/caseRunner.ts';
import type { SavedInput } from '../../shared/savedInput.ts';
import { asErrorValue, WorkbenchError } from '../../shared/workbenchError.ts';
import { onlyOperand, parseArguments } from '../arguments.ts';
import { buildOptions, buildRequest } from '../buildOptions.ts';
import type { Command, CommandContext } from '../command.ts';
import { commandCases } from '../commandCases.ts';
import { crateOf } from '../crate.ts';
import { exitCodes } from '../exitCodes.ts';
import { testHelp } from '../help.ts';
import { mocks, network, networkOptions, refuseStrayCassette, tapeChoice } from '../networkOptions.ts';
import { savedCases } from '../savedCases.ts';
import { exitCodeOfTest, junit, renderTest, renderTests, testJson, type TestedCase } from '../testReport.ts';
import { usageError } from '../usage.ts';

const options = {
  ...buildOptions,
  ...networkOptions,
  case: 'list',
  junit: 'value',
  quiet: 'flag',
  json: 'flag',
  help: 'flag',
} as const;

/** `test CRATE`: runs its saved inputs; the exit code is the worst of theirs. */
export const test: Command = {
  run: testCases,
  jsonOfError: (error) => testJson([], error),
};

async function testCases(args: readonly string[], context: CommandContext): Promise<number> {
  const { output, services, signal } = context;
  const { values, operands } = parseArguments(args, options);
  if (values.help) {
    output.stdout(testHelp);
    return exitCodes.success;
  }
  refuseStrayCassette(values, operands);
  const crateDir = crateOf(onlyOperand(operands, 'test', 'CRATE'));
  const cases = await savedCases(crateDir, values.case);
  const tape = tapeChoice(values);
  if (tape?.path != null && cases.length > 1) {
    throw usageError(
      `${tape.path} can't be the cassette of ${cases.length} cases.`,
      'Name one with --case, or no file: each case has a cassette of its own.',
    );
  }
  const answers = await mocks(values);
  const build = await buildRequest(crateDir, values, services.compiler(), signal);
  await using executor = services.executor();
  const defaults = {
    network: network(values),
    ...(answers && { mocks: answers }),
    ...(tape && { tapeMode: tape.mode }),
    ...(tape?.path != null && { cassettePath: tape.path }),
    redactHeaders: values['redact-header'] ?? [],
  };
  const quiet = values.quiet ?? values.json ?? false;
  const runner = await commandCases({ build, executor, quiet, defaults }, context);

  const tested: TestedCase[] = [];
  for (const saved of cases) {
    const done = await testCase(runner, saved, signal);
    tested.push(done);
    if (!values.json) output.stdout(renderTest(done));
  }
  if (values.junit !== undefined) await writeReport(values.junit, junit(basename(crateDir), tested));
  output.stdout(values.json ? testJson(tested, null) : renderTests(tested));
  return Math.max(...tested.map(exitCodeOfTest));
}

async function testCase(runner: CaseRunner, saved: SavedInput, signal: AbortSignal): Promise<TestedCase> {
  try {
    return { name: saved.name, error: null, ...(await runner.run(saved, {}, signal)) };
  } catch (thrown) {
    return { name: saved.name, error: asErrorValue(thrown), result: null, taped: null, mismatches: [] };
  }
}

async function writeReport(path: string, report: string): Promise<void> {
  try {
    await writeFile(path, report);
  } catch (error) {
    throw new WorkbenchError('file-not-found', `The report ${path} can't be written.`, {
      cause: (error as Error).message,
      hint: 'Name a file in a folder that exists after --junit.',
      error,
    });
  }
}
