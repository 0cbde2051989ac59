import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { CaseRunner } from '../../cases/caseRunner.ts';
import { casesOf, inputsPath, type LocatedCase } from '../../cases/inputsFile.ts';
import { defaultFuelModel } from '../../shared/fuelModel.ts';
import { defaultLimits } from '../../shared/limits.ts';
import type { SavedInput } from '../../shared/savedInput.ts';
import { asErrorValue, WorkbenchError } from '../../shared/workbenchError.ts';
import { onlyOperand, parseArguments } from '../arguments.ts';
import { buildOptions, buildRequest } from '../buildOptions.ts';
import type { Command } from '../command.ts';
import { buildEvents, crateFolder } from '../crate.ts';
import { exitCodes } from '../exitCodes.ts';
import { testHelp } from '../help.ts';
import { mocks, network, networkOptions, tapeChoice } from '../networkOptions.ts';
import { exitCodeOfTest, junit, renderTest, renderTests, testJson, type TestedCase } from '../testReport.ts';
import { didYouMean, usageError } from '../usage.ts';

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
  const operand = onlyOperand(operands, 'test', 'CRATE');
  const crateDir = crateFolder(operand);
  if (crateDir === null) {
    throw usageError(`${operand} is no crate.`, 'Name a folder that holds a Cargo.toml.');
  }
  const cases = chosenCases(await savedCases(crateDir), values.case);
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

async function savedCases(crateDir: string): Promise<readonly LocatedCase[]> {
  const path = inputsPath(crateDir);
  const source = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new WorkbenchError('file-not-found', 'This crate has no saved inputs.', {
      cause: (error as Error).message,
      hint: `Write them into ${path}: “WASI: Open Inputs File” in VS Code begins one.`,
      error,
    });
  });
  const cases = casesOf(source, path);
  if (cases.length > 0) return cases;
  throw usageError(`${path} has no cases.`, 'Add one to its “cases”.');
}

function chosenCases(cases: readonly LocatedCase[], names: readonly string[] | undefined): SavedInput[] {
  const all = cases.map(({ saved }) => saved);
  if (names === undefined) return all;
  const known = all.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw usageError(`There is no case ${unknown}.`, didYouMean(unknown, known));
  return all.filter(({ name }) => names.includes(name));
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
