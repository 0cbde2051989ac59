import type { BuildRequest, RunnableName } from '../compiler/buildRequest.ts';
import type { Compiler } from '../compiler/compiler.ts';
import { checkTarget } from '../compiler/targets.ts';
import type { Target } from '../shared/target.ts';
import type { OptionKinds, OptionValues } from './arguments.ts';
import { usageError } from './usage.ts';

/** The options of every command that builds: what to build, and how. */
export const buildOptions = {
  target: 'value',
  bin: 'value',
  example: 'value',
  package: 'value',
  'cargo-profile': 'value',
  features: 'list',
  'all-features': 'flag',
  'no-default-features': 'flag',
  locked: 'flag',
  offline: 'flag',
  optimise: 'flag',
} as const satisfies OptionKinds;

export type BuildValues = OptionValues<typeof buildOptions>;

/**
 * The target that was named; null where none was.
 *
 * @throws WorkbenchError `unknown-target`
 */
export function namedTarget({ target }: BuildValues): Target | null {
  if (target === undefined) return null;
  checkTarget(target);
  return target;
}

/**
 * Refuses what says how to build where there is nothing to build.
 *
 * @throws WorkbenchError `usage`
 */
export function refuseBuildOptions(values: BuildValues, file: string): void {
  const names = Object.keys(buildOptions) as (keyof BuildValues)[];
  const given = names.find((name) => name !== 'target' && values[name] !== undefined);
  if (given === undefined) return;
  throw usageError(
    `--${given} says how a crate is built, and ${file} is built already.`,
    `Leave --${given} out, or name the folder of a crate.`,
  );
}

/**
 * What to ask of the compiler.
 *
 * @throws WorkbenchError `usage`, `unknown-target`, and what the compiler throws for a folder that is no crate
 */
export async function buildRequest(
  crateDir: string,
  values: BuildValues,
  compiler: Compiler,
  signal: AbortSignal,
): Promise<BuildRequest> {
  return {
    crateDir,
    target: namedTarget(values) ?? (await defaultTarget(crateDir, compiler, signal)),
    runnable: namedRunnable(values),
    profile: values['cargo-profile'] ?? 'release',
    features: (values.features ?? []).flatMap((list) => list.split(/[\s,]+/)).filter((name) => name !== ''),
    allFeatures: values['all-features'] ?? false,
    noDefaultFeatures: values['no-default-features'] ?? false,
    locked: values.locked ?? false,
    offline: values.offline ?? false,
    optimise: values.optimise ?? false,
  };
}

/** A crate that has nothing but a cdylib is a bare module; every other one a WASI program. */
async function defaultTarget(crateDir: string, compiler: Compiler, signal: AbortSignal): Promise<Target> {
  const runnables = await compiler.runnables(crateDir, signal);
  const isBare = runnables.length > 0 && runnables.every(({ kind }) => kind === 'cdylib');
  return isBare ? 'wasm32-unknown-unknown' : 'wasm32-wasip2';
}

function namedRunnable(values: BuildValues): RunnableName | null {
  const { bin, example, package: packageName = null } = values;
  if (bin !== undefined && example !== undefined) {
    throw usageError('--bin and --example exclude each other.', 'Give one of them.');
  }
  if (bin !== undefined) return { kind: 'bin', name: bin, package: packageName };
  if (example !== undefined) return { kind: 'example', name: example, package: packageName };
  return null;
}
