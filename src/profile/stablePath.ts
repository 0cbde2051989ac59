import { originOf } from './origin.ts';

/**
 * A source file's name that is the same on every machine: a dependency's and the library's by their crate, without
 * version, the user's relative to the folder of the crate or of its workspace.
 *
 * @param folders absolute folders that the user's own files may lie in, the innermost first
 */
export function stablePath(file: string, folders: readonly string[] = []): string {
  const path = file.replaceAll('\\', '/');
  const { origin, name } = originOf(file);
  if (origin === 'yours') {
    const folder = folders.map((one) => one.replaceAll('\\', '/')).find((one) => path.startsWith(`${one}/`));
    if (folder !== undefined) return path.slice(folder.length + 1);
    // One that lies elsewhere, as a path dependency does: what follows its last `src` folder's parent.
    return isAbsolute(path) ? (/[^/]+\/src\/.*$/.exec(path)?.[0] ?? path.split('/').at(-1)!) : path;
  }
  const within = new RegExp(`/${escaped(name)}(?:-(?:\\d|[0-9a-f]{7,})[^/]*)?/(.*)$`).exec(path);
  return within === null ? `${name}/${path.split('/').at(-1)!}` : `${name}/${within[1]!}`;
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:\//.test(path);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
