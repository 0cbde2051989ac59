import { existsSync } from 'node:fs';
import type { Folder } from './folder.ts';
import { PathFolder } from './pathFolder.ts';
import { ProcFolder } from './procFolder.ts';

/** Opens a folder by a host path, symlinks in it followed; race-free where the system lets us, see the classes. */
export function openHostFolder(path: string): Folder {
  const hasProc = process.platform === 'linux' && existsSync('/proc/self/fd');
  return hasProc ? ProcFolder.openHost(path) : PathFolder.openHost(path);
}
