import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { parseManifest } from '../../rust/manifest.ts';
import type { ReadText } from '../../rust/programs.ts';

/**
 * The absolute path of a file that rustc names. cargo starts rustc in the workspace's root for its members, and
 * in the package's own folder for others.
 */
export async function resolveSource(file: string, manifestPath: string, readText: ReadText): Promise<string> {
  if (isAbsolute(file)) return file;
  const packageDir = dirname(manifestPath);
  const bases = [await workspaceRoot(packageDir, readText), packageDir];
  const base = bases.find((folder) => folder !== null && existsSync(join(folder, file)));
  return resolve(base ?? packageDir, file);
}

/** The nearest folder at or above a package whose manifest makes a workspace; null where there is none. */
async function workspaceRoot(packageDir: string, readText: ReadText): Promise<string | null> {
  for (let dir = packageDir; ; dir = dirname(dir)) {
    const manifest = parseManifest((await readText(join(dir, 'Cargo.toml'))) ?? '');
    if (manifest?.isWorkspace) return dir;
    if (dirname(dir) === dir) return null;
  }
}
