import { cassetteOfProgram } from '../../cassette/cassettePath.ts';
import { type CaseDefaults, prepareCase, type PreparedCase } from '../../cases/prepareCase.ts';
import type { Target } from '../../shared/target.ts';
import type { SavedCases } from '../cases/savedCases.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { RunSettings } from '../configuration.ts';
import { targetOfWasmFile } from '../wasmFile/wasmProgram.ts';
import { inputBytes, type RunPlan } from './plan.ts';

/** Everything of a run but the program. */
export interface PreparedRun extends PreparedCase {
  /** The plan's, else the case's, else the setting's; of a .wasm file, what it is. */
  readonly target: Target;
}

/**
 * Reads what a plan's input stands for.
 *
 * @throws WorkbenchError `file-not-found`, `unknown-format`, or `usage` for a case that is missing, wrong, or lacks
 * a secret's value
 */
export async function prepareRun(
  plan: RunPlan,
  settings: RunSettings,
  cases: SavedCases,
  secrets: Secrets,
  tape: Pick<CaseDefaults, 'tapeMode'>,
): Promise<PreparedRun> {
  const { crateDir, input } = plan;
  const saved = input.kind === 'case' ? await cases.named(crateDir, input.name) : { name: '' };
  const ofProgram =
    input.kind === 'case' ? {} : { cassettePath: cassetteOfProgram(crateDir, plan.runnable.name) };
  const defaults = { ...settings, ...tape, ...ofProgram };
  const prepared = await prepareCase(crateDir, saved, defaults, secrets.lookup(crateDir));
  return {
    ...prepared,
    ...(input.kind === 'case' ? {} : { input: await inputBytes(input) }),
    target: plan.target ?? (await targetOf(plan)) ?? prepared.target ?? settings.target,
  };
}

async function targetOf({ wasmFile }: RunPlan): Promise<Target | null> {
  return wasmFile === undefined ? null : targetOfWasmFile(wasmFile);
}
