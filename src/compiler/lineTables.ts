import type { BuildRequest } from './buildRequest.ts';
import { isConfigured } from './cargoConfig.ts';
import { type Environment, variable } from './environment.ts';

/** cargo's minor version from which on its names for builds leave out flags, so that it keeps both builds. */
const namesWithoutFlags = 85;

/** rustc's last words count: these come after what cargo's profile says. */
const flags = ['-Cdebuginfo=line-tables-only', '-Cstrip=none'];

/**
 * The environment that has cargo build with line tables and leave them in, and the same code as without; the file
 * grows.
 *
 * It is done by flags of rustc's. A profile's settings are in the name that cargo gives each build, from which the order
 * of functions and the ids of types come: with `lto`, other functions are then inlined, for another fuel. Flags are not
 * in it, since cargo 1.85. But flags of the environment are in place of those that cargo's files configure; where there
 * are such, or may be, it is the profile after all.
 *
 * @param cargoVersion as `cargo --version` prints it
 */
export async function lineTablesEnvironment(
  request: BuildRequest,
  env: Environment,
  cargoVersion: string,
): Promise<Environment> {
  const minor = Number(/^cargo 1\.(\d+)/.exec(cargoVersion)?.[1]);
  if (minor < namesWithoutFlags) return byProfile(request.profile ?? 'release');
  const encoded = variable(env, 'CARGO_ENCODED_RUSTFLAGS');
  if (encoded !== undefined) return { CARGO_ENCODED_RUSTFLAGS: joined('\x1f', encoded) };
  const given = variable(env, 'RUSTFLAGS');
  if (given === undefined && (await mayHaveFlags(request, env)))
    return byProfile(request.profile ?? 'release');
  return { RUSTFLAGS: joined(' ', given ?? '') };
}

function joined(separator: string, given: string): string {
  return [...given.split(separator).filter((flag) => flag !== ''), ...flags].join(separator);
}

async function mayHaveFlags({ crateDir, extraArgs = [] }: BuildRequest, env: Environment): Promise<boolean> {
  const isFlags = (text: string) => /rustflags/i.test(text);
  if ([...Object.keys(env), ...extraArgs].some(isFlags)) return true;
  // A file of the command line's may say anything.
  return extraArgs.some((arg) => arg.startsWith('--config')) || isConfigured('rustflags', crateDir, env);
}

function byProfile(profile: string): Readonly<Record<string, string>> {
  const name = profile.toUpperCase().replaceAll('-', '_');
  return {
    [`CARGO_PROFILE_${name}_DEBUG`]: 'line-tables-only',
    [`CARGO_PROFILE_${name}_STRIP`]: 'none',
  };
}
