import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { defaultFuelModel, fuelModels } from '../shared/fuelModel.ts';
import { type Limits, defaultLimits, largestInstructionLimit } from '../shared/limits.ts';
import type { NetworkOptions } from '../shared/network.ts';
import { outlayerOptions, type OutlayerSettings } from '../shared/outlayer.ts';
import { type ProfileKind, profileKinds } from '../shared/profileKind.ts';
import type { RunRequest } from '../shared/runRequest.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import type { OptionKinds, OptionValues } from './arguments.ts';
import { buildOptions } from './buildOptions.ts';
import { outlayerKinds, outlayerSettings } from './outlayer.ts';
import { preopen } from './preopens.ts';
import { type ProfileFile, profileFile } from './profile.ts';
import type { Program } from './program.ts';
import { environment, oneOf, seconds, wholeNumber } from './values.ts';

/** The options of `run`. */
export const runOptions = {
  ...buildOptions,
  input: 'value',
  'input-file': 'value',
  env: 'list',
  dir: 'list',
  arg: 'list',
  'max-instructions': 'value',
  'max-memory-mb': 'value',
  'max-seconds': 'value',
  seed: 'value',
  'fuel-model': 'value',
  profile: 'value',
  'profile-kind': 'value',
  'no-network': 'flag',
  'allow-host': 'list',
  'allow-local': 'flag',
  'ca-file': 'value',
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
  return {
    limits: limits(values),
    env: environment(values.env ?? []),
    args: values.arg ?? [],
    outlayer: outlayerSettings(values),
    options: {
      preopens: (values.dir ?? []).map(preopen),
      seed: seed === undefined ? null : wholeNumber('--seed', seed, 0, Number.MAX_SAFE_INTEGER),
      fuelModel: fuelModel === undefined ? defaultFuelModel : oneOf('--fuel-model', fuelModel, fuelModels),
      network: network(values),
      profile: values.profile !== undefined,
    },
    profileFile: values.profile === undefined ? null : profileFile(values.profile),
    profileKind: profileKind === undefined ? null : oneOf('--profile-kind', profileKind, profileKinds),
  };
}

function network(values: RunValues): NetworkOptions {
  const { 'ca-file': caFile } = values;
  return {
    enabled: !values['no-network'],
    allowHosts: values['allow-host'] ?? null,
    allowLocal: values['allow-local'] ?? false,
    caFile: caFile === undefined ? null : authorities(caFile),
  };
}

/** @throws WorkbenchError `file-not-found` */
function authorities(file: string): string {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) return resolve(file);
  throw new WorkbenchError('file-not-found', `--ca-file ${file} names no file.`, {
    hint: 'Name a PEM file with the certificates of authorities to trust.',
  });
}

/** MiB; what 32-bit addresses reach. */
const mostMemoryMb = 4096;

function limits(values: RunValues): Limits {
  const { 'max-instructions': instructions, 'max-memory-mb': memory, 'max-seconds': time } = values;
  return {
    maxInstructions:
      instructions === undefined
        ? defaultLimits.maxInstructions
        : wholeNumber('--max-instructions', instructions, 1, largestInstructionLimit),
    maxMemoryMb:
      memory === undefined
        ? defaultLimits.maxMemoryMb
        : wholeNumber('--max-memory-mb', memory, 1, mostMemoryMb),
    maxExecutionSeconds:
      time === undefined ? defaultLimits.maxExecutionSeconds : seconds('--max-seconds', time),
  };
}

/** The whole request. argv is empty, as on the worker, unless the program is given arguments. */
export function runRequest(
  settings: RunSettings,
  program: Program,
  input: Uint8Array,
  kind: ProfileKind,
): RunRequest {
  const { limits, env, args, options, outlayer } = settings;
  const argv = args.length === 0 ? [] : [program.fileName, ...args];
  return {
    wasm: program.wasm,
    name: program.fileName,
    input,
    limits,
    env,
    options: {
      ...options,
      argv,
      target: program.target,
      outlayer: outlayerOptions(kind, {}, outlayer),
    },
  };
}
