import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type Baseline,
  type BaselineCase,
  baselineText,
  compareCase,
  keptFunctions,
  readBaseline,
} from '../../profile/baseline.ts';
import { inputsFolder } from '../../shared/inputsFolder.ts';
import type { SavedInput } from '../../shared/savedInput.ts';
import { asErrorValue, errorValue, WorkbenchError } from '../../shared/workbenchError.ts';
import { onlyOperand, parseArguments } from '../arguments.ts';
import { buildOptions, buildRequest } from '../buildOptions.ts';
import type { Command, CommandContext } from '../command.ts';
import { commandCases } from '../commandCases.ts';
import { crateOf } from '../crate.ts';
import { exitCodes } from '../exitCodes.ts';
import { snapshotHelp } from '../help.ts';
import { errorJson, line } from '../json.ts';
import { savedCases } from '../savedCases.ts';
import { exitCodeOfSnapshot, renderSnapshot, type SnapshotCase, snapshotJson } from '../snapshotReport.ts';
import { bothOutputs } from '../testReport.ts';
import { percentage } from '../values.ts';

const options = {
  ...buildOptions,
  case: 'list',
  check: 'flag',
  tolerance: 'value',
  quiet: 'flag',
  json: 'flag',
  help: 'flag',
} as const;

type Values = ReturnType<typeof parseArguments<typeof options>>['values'];

/** `snapshot CRATE`: keeps what its saved inputs cost, or compares with what was kept. */
export const snapshot: Command = {
  run: takeSnapshot,
  jsonOfError: (error) => line({ success: false, cases: [], error: errorJson(error) }),
};

async function takeSnapshot(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, operands } = parseArguments(args, options);
  if (values.help) {
    context.output.stdout(snapshotHelp);
    return exitCodes.success;
  }
  const crateDir = crateOf(onlyOperand(operands, 'snapshot', 'CRATE'));
  const tolerance = values.tolerance === undefined ? 0 : percentage('--tolerance', values.tolerance);
  const cases = await savedCases(crateDir, values.case);
  const path = join(inputsFolder(crateDir), 'fuel.json');
  const before = await keptBaseline(path);
  if (values.check && before === null) {
    throw new WorkbenchError('file-not-found', 'This crate has no baseline to compare with.', {
      cause: path,
      hint: 'Write one, and commit it: wasi-workbench snapshot CRATE.',
    });
  }
  const measured = await measure(crateDir, cases, values, context);
  const compared = measured.map((one): SnapshotCase => {
    const change = one.now && before && compareCase(one.now, before, tolerance);
    return { ...one, change };
  });
  const report = { checked: values.check ?? false, path, tolerance, cases: compared };
  const good = measured.flatMap(({ now }) => now ?? []);
  if (!report.checked && good.length > 0) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, baselineText(good, before));
  }
  context.output.stdout(values.json ? snapshotJson(report) : renderSnapshot(report));
  return exitCodeOfSnapshot(report);
}

/** Runs the cases with counters, at a seed where they have none, so that they repeat. */
async function measure(
  crateDir: string,
  cases: readonly SavedInput[],
  values: Values,
  context: CommandContext,
): Promise<Omit<SnapshotCase, 'change'>[]> {
  const { services, signal } = context;
  const compiler = services.compiler();
  const asked = await buildRequest(crateDir, values, compiler, signal);
  const build = { ...asked, lineTables: true };
  const { rustcVersion } = await compiler.toolchain(crateDir, signal);
  // Line tables have it as cargo names it.
  const folders = [await realpath(crateDir)];
  await using executor = services.executor();
  const quiet = values.quiet ?? values.json ?? false;
  const runner = await commandCases({ build, executor, quiet, profile: true, seed: 0 }, context);
  const measured: Omit<SnapshotCase, 'change'>[] = [];
  for (const saved of cases) {
    const { name } = saved;
    try {
      const { result, mismatches } = await runner.run(saved, {}, signal);
      const wrong = mismatches.find(({ property }) => property !== 'fuel');
      const error =
        wrong === undefined
          ? null
          : (result.error ?? errorValue('exit', wrong.message, { cause: bothOutputs(wrong) }));
      const now: BaselineCase | null =
        error !== null || result.profile === null || result.target === null
          ? null
          : {
              name,
              target: result.target,
              fuelModel: result.fuelModel,
              rustc: rustcVersion,
              fuel: result.fuel,
              functions: keptFunctions(result.profile, folders),
            };
      measured.push({ name, now, error });
    } catch (thrown) {
      measured.push({ name, now: null, error: asErrorValue(thrown) });
    }
  }
  return measured;
}

async function keptBaseline(path: string): Promise<Baseline | null> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : readBaseline(text, path);
}
