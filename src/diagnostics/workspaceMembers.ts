import { join } from 'node:path';
import { ManifestDocument } from './documents/manifestDocument.ts';
import type { Files } from './files.ts';

/** The folders of a workspace's packages, its own included where the Cargo.toml at its root is a package's too. */
export async function workspaceMembers(root: string, files: Files): Promise<string[]> {
  const path = join(root, 'Cargo.toml');
  const text = await files.read(path);
  if (text === undefined) return [];
  const manifest = new ManifestDocument(path, text);
  const excluded = strings(manifest.value('workspace', 'exclude')).map((each) => join(root, each));
  const found = new Set(manifest.manifest?.package ? [root] : []);
  for (const pattern of strings(manifest.value('workspace', 'members'))) {
    for (const folder of await expand(root, pattern.split('/'), files)) {
      if (!excluded.includes(folder) && (await files.exists(join(folder, 'Cargo.toml')))) found.add(folder);
    }
  }
  return [...found];
}

/** Folders that a pattern such as `crates/*` means. */
async function expand(folder: string, parts: readonly string[], files: Files): Promise<string[]> {
  const [part, ...rest] = parts;
  if (part === undefined) return [folder];
  if (!/[*?]/.test(part)) return expand(join(folder, part), rest, files);
  const source = part
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const names = (await files.list(folder)).filter((name) => new RegExp(`^${source}$`).test(name));
  return (await Promise.all(names.map((name) => expand(join(folder, name), rest, files)))).flat();
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
