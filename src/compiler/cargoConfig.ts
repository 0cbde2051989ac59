import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Environment, variable } from './environment.ts';

/**
 * Whether one of the files that configure cargo for a crate mentions something; they are searched, not understood. They
 * lie in `.cargo` of its folder and of those above it, and in cargo's home.
 */
export async function isConfigured(word: string, crateDir: string, env: Environment): Promise<boolean> {
  const home = variable(env, 'CARGO_HOME') ?? join(homedir(), '.cargo');
  const folders = [...foldersUpFrom(crateDir).map((folder) => join(folder, '.cargo')), home];
  const configs = folders.flatMap((folder) => ['config.toml', 'config'].map((name) => join(folder, name)));
  const texts = await Promise.all(configs.map((path) => readFile(path, 'utf8').catch(() => '')));
  return texts.some((text) => text.includes(word));
}

function foldersUpFrom(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersUpFrom(parent)];
}
