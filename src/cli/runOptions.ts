import type { Taping } from '../cassette/taping.ts';
import { scratchName } from '../executor/scratch.ts';
import { defaultFuelModel, fuelModels } from '../shared/fuelModel.ts';
import {
  type Limits,
  defaultLimits,
  largestInstructionLimit,
  largestMemoryLimitMb,
} from '../shared/limits.ts';
import type { Mocks } from '../shared/mocks.ts';
import { outlayerOptions, type OutlayerSettings } from '../shared/outlayer.ts';
import { type ProfileKind, profileKinds } from '../shared/profileKind.ts';
import type { RunRequest } from '../shared/runRequest.ts';
import type { OptionKinds, OptionValues } from './arguments.ts';
import { buildOptions } from './buildOptions.ts';
import { network, networkOptions, tapeChoice, type TapeChoice } from './networkOptions.ts';
import { outlayerKinds, outlayerSettings } from './outlayer.ts';
import { preopen } from './preopens.ts';
import { type ProfileFile, profileFile } from './profile.ts';
import type { Program } from './program.ts';
import { environment, oneOf, seconds, secretValues, wholeNumber } from './values.ts';

/** The options of `run`. */
export const runOptions = {
  ...buildOptions,
  input: 'value',
  'input-file': 'value',
  env: 'list',
  secret: 'list',
  dir: 'list',
  'read-dir': 'list',
  scratch: 'value',
  arg: 'list',
  'max-instructions': 'value',
  'max-memory-mb': 'value',
  'max-seconds': 'value',
  seed: 'value',
  'fuel-model': 'value',
  profile: 'value',
  'profile-kind': 'value',
  'line-tables': 'flag',
  ...networkOptions,
  ...outlayerKinds,
  quiet: 'flag',
  json: 'flag',
  help: 'flag',
} as const satisfies OptionKinds;

export type RunValues = OptionValues<typeof runOptions>;

/** Everything of a run that its options say; what is missing is the program and its input. */
export interface RunSettings extends Pick<RunRequest, 'limits' | 'env'> {
  readonly options: Omit<RunRequest['options'], 'argv' | 'target' | 'outlayer'>;
  /** Null where the options say nothing of the worker. */
  readonly outlayer: OutlayerSettings | null;
  readonly args: readonly string[];
  /** Variables whose values don't get into a cassette. */
  readonly secrets: readonly (readonly [name: string, value: string])[];
  readonly tape: TapeChoice | null;
  /** Null where the run is not profiled. */
  readonly profileFile: ProfileFile | null;
  /** Null where the crate, or the default, decides. */
  readonly profileKind: ProfileKind | null;
}

/**
 * Checks the options of a run, before anything is built or read.
 *
 * @throws WorkbenchError `usage`, `file-not-found`
 */
export function runSettings(values: RunValues): RunSettings {
  const { seed, 'fuel-model': fuelModel, 'profile-kind': profileKind } = values;
  const secrets = secretValues(values.secret ?? []);
  return {
    limits: limits(values),
    env: [...environment(values.env ?? []), ...secrets],
    secrets,
    tape: tapeChoice(values),
    args: values.arg ?? [],
    outlayer: outlayerSettings(values),
    options: {
      preopens: [
        ...(values.dir ?? []).map((folder) => preopen(folder)),
        ...(values['read-dir'] ?? []).map((folder) => preopen(folder, '--read-dir')),
      ],
      scratch: values.scratch ?? null,
      seed: seed === undefined ? null : wholeNumber('--seed', seed, 0, Number.MAX_SAFE_INTEGER),
      fuelModel: fuelModel === undefined ? defaultFuelModel : oneOf('--fuel-model', fuelModel, fuelModels),
      network: network(values),
      profile: values.profile !== undefined,
    },
    profileFile: values.profile === undefined ? null : profileFile(values.profile),
    profileKind: profileKind === undefined ? null : oneOf('--profile-kind', profileKind, profileKinds),
  };
}

function limits(values: RunValues): Limits {
  const { 'max-instructions': instructions, 'max-memory-mb': memory, 'max-seconds': time } = values;
  return {
    maxInstructions:
      instructions === undefined
        ? defaultLimits.maxInstructions
        : wholeNumber(
            '--max-instructions',
            instructions,
            1,
            largestInstructionLimit,
            defaultLimits.maxInstructions,
          ),
    maxMemoryMb:
      memory === undefined
        ? defaultLimits.maxMemoryMb
        : wholeNumber('--max-memory-mb', memory, 1, largestMemoryLimitMb, defaultLimits.maxMemoryMb),
    maxExecutionSeconds:
      time === undefined ? defaultLimits.maxExecutionSeconds : seconds('--max-seconds', time),
  };
}

/** What of a run is read from files besides the program. */
export interface RunFiles {
  readonly mocks: Mocks | null;
  readonly taping: Taping;
}

/** The whole request. argv is empty, as on the worker, unless the program is given arguments. */
export function runRequest(
  settings: RunSettings,
  program: Program,
  input: Uint8Array,
  { mocks, taping }: RunFiles,
): RunRequest {
  const { limits, env, args, options, outlayer } = settings;
  const kind = profileKindOf(settings, program);
  const { scratch = null, preopens } = options;
  const argv = args.length === 0 ? [] : [program.fileName, ...args];
  return {
    wasm: program.wasm,
    name: program.fileName,
    input,
    limits,
    env,
    options: {
      ...options,
      scratch: scratchName(scratch, kind, program.wasm, preopens),
      ...(mocks && { mocks }),
      ...taping.options,
      argv,
      target: program.target,
      outlayer: outlayerOptions(kind, {}, outlayer),
    },
  };
}

/** Whose view leads. */
export function profileKindOf({ profileKind }: RunSettings, program: Program): ProfileKind {
  return profileKind ?? program.profileKind ?? 'wasi';
}
