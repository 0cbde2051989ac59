import type { BigIntStats } from 'node:fs';

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
