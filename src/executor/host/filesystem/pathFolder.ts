import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  realpathSync,
} from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { join } from 'node:path';
import { FilesystemError, guarded } from './error.ts';
import type { Folder, Opened } from './folder.ts';
import { sameObject } from './stat.ts';

/** Windows lacks these and opens nothing through a directory handle. */
const O_NOFOLLOW = (constants.O_NOFOLLOW as number | undefined) ?? 0;
const O_NONBLOCK = (constants.O_NONBLOCK as number | undefined) ?? 0;

/**
 * macOS and Windows: a path, and which directory it led to when it was opened. Every use checks that it still does,
 * and an opened file is compared with what was looked at. Weaker than {@link ProcFolder}: another process of the same
 * user that swaps a directory for a symlink between a check and the call that follows it can win. A guest alone
 * can't: its calls come one after the other.
 */
export class PathFolder implements Folder {
  readonly #path: string;
  readonly #opened: BigIntStats;

  private constructor(path: string, opened: BigIntStats) {
    this.#path = path;
    this.#opened = opened;
  }

  static openHost(path: string): PathFolder {
    const real = guarded(() => realpathSync.native(path));
    return new PathFolder(real, directoryStat(real));
  }

  get self(): string {
    if (!sameObject(directoryStat(this.#path), this.#opened)) throw new FilesystemError('ENOENT');
    return this.#path;
  }

  at(name: string): string {
    return join(this.self, name);
  }

  stat(): BigIntStats {
    return directoryStat(this.self);
  }

  openFolder(name: string): PathFolder {
    const path = this.at(name);
    return new PathFolder(path, directoryStat(path));
  }

  open(name: string, flags: number): Opened {
    const path = this.at(name);
    const before = lstatIfThere(path);
    if (before?.isSymbolicLink()) throw new FilesystemError('ELOOP');
    if (before?.isDirectory()) return this.#openDirectory(path, before, flags);
    return { fd: this.#openFile(name, before, flags) };
  }

  sync(): void {
    // Windows opens no directory this way, and has no sync of one.
    if (process.platform === 'win32') return;
    const fd = guarded(() => openSync(this.self, constants.O_RDONLY));
    try {
      guarded(() => fsyncSync(fd));
    } finally {
      closeSync(fd);
    }
  }

  close(): void {
    // Nothing is held.
  }

  #openDirectory(path: string, stats: BigIntStats, flags: number): Opened {
    if (flags & constants.O_EXCL) throw new FilesystemError('EEXIST');
    if (flags & (constants.O_WRONLY | constants.O_RDWR | constants.O_CREAT))
      throw new FilesystemError('EISDIR');
    return { folder: new PathFolder(path, stats) };
  }

  #openFile(name: string, before: BigIntStats | undefined, flags: number): number {
    // A symlink put here since would lead O_TRUNC and O_CREAT elsewhere: truncate after the check, create exclusively.
    let safely = (flags | O_NOFOLLOW | O_NONBLOCK) & ~constants.O_TRUNC;
    if (before === undefined && flags & constants.O_CREAT) safely |= constants.O_EXCL;
    const fd = guarded(() => openSync(this.at(name), safely, 0o666));
    try {
      const after = lstatIfThere(this.at(name));
      const opened = fstatSync(fd, { bigint: true });
      if (!after || !sameObject(opened, after) || (before && !sameObject(opened, before)))
        throw new FilesystemError('ELOOP');
      if (flags & constants.O_TRUNC) guarded(() => ftruncateSync(fd));
      return fd;
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  }
}

function lstatIfThere(path: string): BigIntStats | undefined {
  return guarded(() => lstatSync(path, { bigint: true, throwIfNoEntry: false }));
}

function directoryStat(path: string): BigIntStats {
  const stats = guarded(() => lstatSync(path, { bigint: true }));
  if (!stats.isDirectory()) throw new FilesystemError('ENOTDIR');
  return stats;
}
