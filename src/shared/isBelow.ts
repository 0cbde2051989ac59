import { isAbsolute, relative, sep } from 'node:path';

/** Whether a file or folder is a folder itself, or lies in it or further down. Both paths are absolute. */
export function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
