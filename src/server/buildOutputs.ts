import { readdir, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { TomlDocument } from '../diagnostics/documents/tomlDocument.ts';
import type { Files } from '../diagnostics/files.ts';
import { nearestManifest } from '../rust/programs.ts';
import { type Target, targets } from '../shared/target.ts';

/** A program or library as cargo left it. */
export interface BuildOutput {
  /** Absolute. */
  readonly path: string;
  readonly target: Target;
  /** The folder's name, which for cargo's `dev` is `debug`. */
  readonly profile: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/**
 * What builds of a package left of its program, or of any of `names`, newest first. Only the files are looked at:
 * cargo is not asked, so that this also serves folders that aren't trusted.
 */
export async function buildOutputs(
  crateDir: string,
  names: readonly string[],
  files: Files,
): Promise<BuildOutput[]> {
  const folder = await targetFolder(crateDir, files);
  // cargo writes a library's dashes as underscores, and keeps a program's.
  const wanted = new Set(names.flatMap((name) => [`${name}.wasm`, `${name.replaceAll('-', '_')}.wasm`]));
  const found: BuildOutput[] = [];
  for (const target of targets) {
    for (const profile of await readdir(join(folder, target)).catch(() => [])) {
      for (const subfolder of ['', 'examples']) {
        for (const name of wanted) {
          const path = join(folder, target, profile, subfolder, name);
          const stats = await stat(path).catch(() => null);
          if (stats?.isFile()) {
            found.push({ path, target, profile, bytes: stats.size, modified: stats.mtimeMs });
          }
        }
      }
    }
  }
  return found.sort((a, b) => b.modified - a.modified);
}

/** As cargo chooses it: the environment's, else the configuration's, else `target` in the workspace's root. */
async function targetFolder(crateDir: string, files: Files): Promise<string> {
  const named = process.env['CARGO_TARGET_DIR'] ?? process.env['CARGO_BUILD_TARGET_DIR'];
  if (named) return isAbsolute(named) ? named : join(crateDir, named);
  return (await configuredFolder(crateDir, files)) ?? join(await workspaceRoot(crateDir, files), 'target');
}

/** Of the nearest .cargo/config.toml that names one; relative to the folder that holds `.cargo`. */
async function configuredFolder(crateDir: string, files: Files): Promise<string | null> {
  for (let dir = crateDir; ; dir = dirname(dir)) {
    const path = join(dir, '.cargo', 'config.toml');
    const text = await files.read(path);
    const named = text === undefined ? null : new TomlDocument(path, text).string('build', 'target-dir');
    if (named !== null) return isAbsolute(named) ? named : join(dir, named);
    if (dirname(dir) === dir) return null;
  }
}

async function workspaceRoot(crateDir: string, files: Files): Promise<string> {
  for (let from = crateDir; ;) {
    const found = await nearestManifest(from, (path) => files.read(path));
    if (found === null) return crateDir;
    if (found.manifest.isWorkspace) return found.crateDir;
    if (dirname(found.crateDir) === found.crateDir) return crateDir;
    from = dirname(found.crateDir);
  }
}
