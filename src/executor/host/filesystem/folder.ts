import { existsSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { PathFolder } from './pathFolder.ts';
import { ProcFolder } from './procFolder.ts';

/**
 * A directory of the host that is held open. It takes single names, never paths, and follows no symlink: what is
 * reached through it lies in this very directory, whatever others do to the tree meanwhile.
 */
export interface Folder {
  /** A host path for the directory itself. */
  readonly self: string;
  /** A host path for `name` in it, for calls that don't follow a symlink at the end. */
  at(name: string): string;
  stat(): BigIntStats;
  /** Opens a directory in it, `.` for a second handle on itself. @throws ENOTDIR for all else, symlinks included */
  openFolder(name: string): Folder;
  /** Opens what `name` is, with the `O_…` flags of open(2). @throws ELOOP for a symlink */
  open(name: string, flags: number): Opened;
  sync(): void;
  close(): void;
}

export type Opened = { readonly folder: Folder } | { readonly fd: number };

/** Opens a folder by a host path, symlinks in it followed; race-free where the system lets us, see the classes. */
export function openHostFolder(path: string): Folder {
  const hasProc = process.platform === 'linux' && existsSync('/proc/self/fd');
  return hasProc ? ProcFolder.openHost(path) : PathFolder.openHost(path);
}
