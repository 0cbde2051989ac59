import type { BuildRequest } from './buildRequest.ts';
import { isConfigured } from './cargoConfig.ts';
import { type Environment, variable } from './environment.ts';

/**
 * Whether cargo may be told to build the standard library itself, so that a target which isn't installed can
 * still be built for: by an argument, by a variable, or by an `[unstable]` table of .cargo/config.toml.
 * A config that only mentions it costs no more than a build that then fails.
 */
export async function mayBuildStd(request: BuildRequest, env: Environment): Promise<boolean> {
  if (request.extraArgs?.some((arg) => arg.includes('build-std'))) return true;
  if (variable(env, 'CARGO_UNSTABLE_BUILD_STD')) return true;
  return isConfigured('build-std', request.crateDir, env);
}
