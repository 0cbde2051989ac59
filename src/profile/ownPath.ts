import { originOf } from './origin.ts';
import { stablePath } from './stablePath.ts';

/**
 * A source's path as a crate's user names it: the crate's own files relative to the crate, whether line tables wrote
 * them whole or a panic relative to the workspace; other people's as they are.
 */
export function ownPath(file: string, crateDir: string): string {
  if (originOf(file).origin !== 'yours') return file;
  const path = stablePath(file, [crateDir]);
  const below = crateDir.replaceAll('\\', '/').split('/');
  const parts = path.split('/');
  for (let count = parts.length - 1; count > 0; count--) {
    const folder = parts.slice(0, count).join('/');
    if (below.slice(-count).join('/') === folder) return parts.slice(count).join('/');
  }
  return path;
}
