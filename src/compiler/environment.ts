import { delimiter, dirname } from 'node:path';

/** An environment as `process.env` is. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The value of a variable; Windows takes any case of its name (`Path`). */
export function variable(
  env: Environment,
  name: string,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  return env[variableName(env, name, platform)];
}

function variableName(env: Environment, name: string, platform: NodeJS.Platform): string {
  if (platform !== 'win32' || name in env) return name;
  return Object.keys(env).find((key) => key.toUpperCase() === name.toUpperCase()) ?? name;
}

/**
 * The environment with a tool's folder on its PATH, in front where it was missing: cargo starts rustc by name,
 * and build scripts start cargo.
 */
export function withFolderOfTool(env: Environment, toolPath: string): Environment {
  const folder = dirname(toolPath);
  const name = variableName(env, 'PATH', process.platform);
  const folders = (env[name] ?? '').split(delimiter).filter((entry) => entry !== '');
  if (folders.includes(folder)) return env;
  return { ...env, [name]: [folder, ...folders].join(delimiter) };
}
