import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { CaseRunner } from '../../cases/caseRunner.ts';
import { defaultFuelModel } from '../../shared/fuelModel.ts';
import { defaultLimits } from '../../shared/limits.ts';
import type { SavedInput } from '../../shared/savedInput.ts';
import { asErrorValue, WorkbenchError } from '../../shared/workbenchError.ts';
import { onlyOperand, parseArguments } from '../arguments.ts';
import { buildOptions, buildRequest } from '../buildOptions.ts';
import type { Command } from '../command.ts';
import { buildEvents } from '../crate.ts';
import { exitCodes } from '../exitCodes.ts';
import { testHelp } from '../help.ts';
import { mocks, network, networkOptions, tapeChoice } from '../networkOptions.ts';
import { crateOf, savedCases } from '../savedCases.ts';
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
export const test: Command = async (args, { output, services, signal }) => {
  const { values, operands } = parseArguments(args, options);
  if (values.help) {
    output.stdout(testHelp);
    return exitCodes.success;
  }
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
  const compiler = services.compiler();
  const build = await buildRequest(crateDir, values, compiler, signal);
  const { profile } = await compiler.crateMetadata(crateDir, signal);
  await using executor = services.executor();
  const events = buildEvents(output, values.quiet ?? values.json ?? false);
  const runner = new CaseRunner({
    crateDir,
    build: ({ target, runnable }, signal) =>
      compiler.build(
        { ...build, target: target ?? build.target, runnable: runnable ?? build.runnable },
        events,
        signal,
      ),
    executor,
    secret: (name) => Promise.resolve(process.env[name]),
    defaults: {
      limits: defaultLimits,
      fuelModel: defaultFuelModel,
      network: network(values),
      ...(answers && { mocks: answers }),
      ...(tape && { tapeMode: tape.mode }),
      ...(tape?.path != null && { cassettePath: tape.path }),
      redactHeaders: values['redact-header'] ?? [],
      outlayer: {},
      profileKind: profile ?? 'wasi',
    },
  });

  const tested: TestedCase[] = [];
  for (const saved of cases) {
    const done = await testCase(runner, saved, signal);
    tested.push(done);
    if (!values.json) output.stdout(renderTest(done));
  }
  if (values.junit !== undefined) await writeReport(values.junit, junit(basename(crateDir), tested));
  output.stdout(values.json ? testJson(tested, null) : renderTests(tested));
  return Math.max(...tested.map(exitCodeOfTest));
};

async function testCase(runner: CaseRunner, saved: SavedInput, signal: AbortSignal): Promise<TestedCase> {
  try {
    return { name: saved.name, error: null, ...(await runner.run(saved, {}, signal)) };
  } catch (thrown) {
    return { name: saved.name, error: asErrorValue(thrown), result: null, recorded: null, mismatches: [] };
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
