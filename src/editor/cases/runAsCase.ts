import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { fileOfCase, keptInput, keptOutput, type KeptBytes } from '../../cases/caseOfRun.ts';
import { besideInputs } from '../../cases/inputsFile.ts';
import { nearestManifest, programsOfPackage } from '../../rust/programs.ts';
import { isBelow } from '../../shared/isBelow.ts';
import { defaultLimits, type Limits } from '../../shared/limits.ts';
import type { SavedInput, SavedStdin } from '../../shared/savedInput.ts';
import { WorkbenchError } from '../../shared/workbenchError.ts';
import { runSettings } from '../configuration.ts';
import { redactorOf, type SecretValue } from '../secrets/redact.ts';
import type { KeptRun } from '../history/runRecord.ts';
import { listFolder, readText } from '../readText.ts';
import type { RunPlan } from '../run/plan.ts';

/** A run as a case, and what is to be written beside the inputs file for it. */
export interface RunAsCase {
  readonly saved: SavedInput;
  readonly files: readonly NonNullable<KeptBytes['file']>[];
  /** Why the output is not expected though the run succeeded; null where it is. */
  readonly outputLeftOut: 'secret' | 'too long' | null;
}

/**
 * A run's plan, where the run can become a case of a crate.
 *
 * @throws WorkbenchError `usage` for one whose input holds a secret, or that ran a file that belongs to no crate
 */
export function planToSave({ record: { plan } }: KeptRun, secrets: readonly SecretValue[]): RunPlan {
  const { text } = redactorOf(secrets);
  const stdin = plan?.input.kind === 'text' ? plan.input.text : '';
  if (plan === null || text(stdin) !== stdin) {
    throw new WorkbenchError('usage', 'This run can’t be saved: its input holds a secret.', {
      hint: 'Name the secret in “secrets” of a case, and the program finds it in that environment variable.',
    });
  }
  if (plan.wasmFile === undefined) return plan;
  throw new WorkbenchError('usage', 'This run can’t be saved: a .wasm file has no inputs file.', {
    hint: 'Cases belong to crates. On the command line, `run FILE.wasm --input-file` repeats it.',
  });
}

/**
 * What a run was given and, where it succeeded, what came of it.
 *
 * @param of the case that was run, whose settings are taken over; null where it was none
 * @throws WorkbenchError `file-not-found` where its input was a file that is gone
 */
export async function runAsCase(
  kept: KeptRun,
  plan: RunPlan,
  name: string,
  of: SavedInput | null,
  secrets: readonly SecretValue[],
): Promise<RunAsCase> {
  const { run } = kept.record;
  const stdin = of === null ? await stdinOf(plan, name) : null;
  const bin = of?.bin ?? (await binOf(plan));
  const limits = { ...limitsOf(run.limits, plan.crateDir), ...of?.limits };
  const output = await outputOf(kept, name, secrets);
  const expect = expectationOf(kept, output.kept?.saved);
  const settings: { -readonly [Name in keyof SavedInput]?: SavedInput[Name] } = { ...of };
  delete settings.expect;
  return {
    saved: {
      ...settings,
      name,
      ...(stdin && { stdin: stdin.saved }),
      target: run.target,
      ...(bin !== undefined && { bin }),
      ...(Object.keys(limits).length > 0 && { limits }),
      ...(run.fuelModel !== runSettings(plan.crateDir).fuelModel && { fuelModel: run.fuelModel }),
      ...(expect && { expect }),
    },
    files: [stdin, output.kept].flatMap((each) => each?.file ?? []),
    outputLeftOut: output.leftOut,
  };
}

/** A file within the crate stays what it is; of any other the bytes are taken over. Null for no input. */
async function stdinOf({ crateDir, input }: RunPlan, name: string): Promise<KeptBytes | null> {
  if (input.kind === 'text') return { saved: { text: input.text }, file: null };
  if (input.kind !== 'file') return null;
  if (isBelow(input.path, crateDir)) {
    return { saved: { file: besideInputs(crateDir, input.path) }, file: null };
  }
  try {
    return keptInput(await readFile(input.path), fileOfCase(name, `.input${extname(input.path)}`));
  } catch (error) {
    throw new WorkbenchError('file-not-found', `The run’s input ${basename(input.path)} can’t be read.`, {
      cause: (error as Error).message,
      hint: 'Put the file back where it was, and save the run then.',
      error,
    });
  }
}

/** The program's name, where its crate has several; undefined where a case needn't, or can't, say it. */
async function binOf({ crateDir, runnable }: RunPlan): Promise<string | undefined> {
  if (runnable.kind !== 'bin') return undefined;
  const found = await nearestManifest(crateDir, readText);
  const programs = found ? await programsOfPackage(crateDir, found.manifest, listFolder) : [];
  return programs.filter(({ kind }) => kind === 'bin').length > 1 ? runnable.name : undefined;
}

/** Those that the case would not have by itself, or others would not have who run it. */
function limitsOf(limits: Limits, crateDir: string): Partial<Limits> {
  const now = runSettings(crateDir).limits;
  const differs = (key: keyof Limits) => limits[key] !== now[key] || limits[key] !== defaultLimits[key];
  const names = Object.keys(defaultLimits) as (keyof Limits)[];
  return Object.fromEntries(names.filter(differs).map((key) => [key, limits[key]]));
}

function expectationOf(
  { record: { run } }: KeptRun,
  output: SavedStdin | undefined,
): SavedInput['expect'] | null {
  const measures = run.outcome?.measures;
  if (!measures?.success) return null;
  const { exitCode, fuel, measured } = measures;
  return {
    ...(output && { output }),
    ...(exitCode !== null && { exitCode }),
    ...(measured === 'exact' && { fuel }),
  };
}

/** Longer outputs are no expectation to keep beside a program. */
const longestOutput = 1024 * 1024;

interface KeptOutput {
  readonly kept: KeptBytes | null;
  readonly leftOut: RunAsCase['outputLeftOut'];
}

async function outputOf(kept: KeptRun, name: string, secrets: readonly SecretValue[]): Promise<KeptOutput> {
  if (!kept.record.run.outcome?.measures?.success) return { kept: null, leftOut: null };
  const bytes = await kept.stream('output');
  if (bytes.length > longestOutput) return { kept: null, leftOut: 'too long' };
  // Where the run was kept on the disk, secrets were taken out already.
  const text = Buffer.from(bytes).toString('latin1');
  const taken = secrets.some((secret) =>
    text.includes(Buffer.from(`[secret ${secret.name}]`).toString('latin1')),
  );
  if (taken || redactorOf(secrets).bytes(bytes) !== bytes) return { kept: null, leftOut: 'secret' };
  return { kept: keptOutput(bytes, fileOfCase(name, '.output')), leftOut: null };
}
