import {
  closeSync,
  constants,
  linkSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { FilesystemError, guarded } from './error.ts';
import type { FilesystemErrorCode } from './error.ts';
import { FileDescriptor } from './file.ts';
import type { FileRights } from './file.ts';
import type { Folder } from './folder.ts';
import { parseGuestPath } from './guestPath.ts';
import { resolve } from './resolve.ts';
import type { Follow, Place } from './resolve.ts';
import { namesIn, utf8 } from './names.ts';
import { fileType, identityOf, toStat } from './stat.ts';
import { applyTo } from './times.ts';
import type { Times } from './times.ts';
import type { DirectoryEntry, NewTime, OpenOptions, Stat } from './types.ts';

export type Descriptor = FileDescriptor | DirectoryDescriptor;

/** What the descriptors of one run share. */
export interface Shared {
  readonly times: Times;
  /** All that are open, so that the run's end closes what the guest left. */
  readonly open: Set<Descriptor>;
}

/** What a directory was opened for, and what its preopen permits. */
export interface DirectoryRights {
  readonly read: boolean;
  readonly write: boolean;
  /** Whether the preopen is writable. */
  readonly mutable: boolean;
}

/**
 * An open directory of a preopen. Paths are relative to it and resolved inside it; see resolve.ts for what keeps them
 * there. Where errors differ from POSIX, they are wasmtime's.
 */
export class DirectoryDescriptor {
  readonly kind = 'directory';
  readonly rights: DirectoryRights;
  readonly #folder: Folder;
  readonly #shared: Shared;

  constructor(folder: Folder, rights: DirectoryRights, shared: Shared) {
    this.#folder = folder;
    this.rights = rights;
    this.#shared = shared;
    shared.open.add(this);
  }

  openAt(path: string, options: OpenOptions): Descriptor {
    const { create = false, exclusive = false, truncate = false, write = false } = options;
    if (options.directory && (create || exclusive || truncate)) throw new FilesystemError('EINVAL');
    if (create || truncate || write) this.#mustBeMutable();
    const { mutable } = this.rights;
    // As wasmtime: what isn't asked for writing is opened for reading.
    const rights = { read: (options.read ?? false) || !write, write, mutable };

    // An exclusive creation finds a symlink in its way and never follows it.
    const follow = options.follow && !(create && exclusive) ? 'always' : 'before-slash';
    using place = resolve(this.#folder, path, follow);
    // A name with a slash after it; the dots are left to the system, which knows that they are directories.
    if (place.directory && place.name !== '.' && (create || truncate || write))
      throw new FilesystemError(create ? 'EISDIR' : notWritable(place));
    const opened = place.folder.open(place.name, openFlags(rights, options));
    if ('folder' in opened) {
      const mutates = options.mutateDirectory ?? false;
      return new DirectoryDescriptor(opened.folder, { ...rights, write: mutates }, this.#shared);
    }
    if (options.directory || place.directory) {
      closeSync(opened.fd);
      throw new FilesystemError('ENOTDIR');
    }
    const file = new FileDescriptor(opened.fd, rights, this.#shared.times, (f) =>
      this.#shared.open.delete(f),
    );
    this.#shared.open.add(file);
    return file;
  }

  stat(): Stat {
    return this.#toStat(this.#folder.stat());
  }

  /** `follow` says whether a symlink at the path's end is followed. */
  statAt(path: string, follow: boolean): Stat {
    // As wasmtime: without following, a slash after the last name says nothing.
    using place = follow ? this.#existing(path, 'always') : resolve(this.#folder, path, 'never');
    return this.#toStat(lstat(place));
  }

  setTimes(accessed: NewTime, modified: NewTime): void {
    this.#mustBeMutable();
    const folder = this.#folder;
    this.#shared.times.set(accessed, modified, () => folder.stat(), applyTo.directory(folder.self));
  }

  setTimesAt(path: string, follow: boolean, accessed: NewTime, modified: NewTime): void {
    this.#mustBeMutable();
    using place = this.#existing(path, follow ? 'always' : 'before-slash');
    const target = place.folder.at(place.name);
    this.#shared.times.set(accessed, modified, () => lstat(place), applyTo.name(target));
  }

  /** All entries but `.` and `..`, in the host's order. @throws EILSEQ where a name isn't UTF-8 */
  entries(): DirectoryEntry[] {
    const entries: DirectoryEntry[] = [];
    for (const name of namesIn(this.#folder.self)) {
      const stats = guarded(() => lstatSync(this.#folder.at(name), { bigint: true, throwIfNoEntry: false }));
      // Gone since it was listed.
      if (stats === undefined) continue;
      entries.push({ name, type: fileType(stats), identity: identityOf(stats) });
    }
    return entries;
  }

  createDirectoryAt(path: string): void {
    this.#mustBeMutable();
    using place = resolve(this.#folder, path, 'never');
    guarded(() => mkdirSync(place.folder.at(place.name)));
  }

  removeDirectoryAt(path: string): void {
    this.#mustBeMutable();
    using place = resolve(this.#folder, path, 'never');
    if (place.name === '.') throw new FilesystemError('EINVAL');
    guarded(() => rmdirSync(place.folder.at(place.name)));
  }

  /** Removes anything but a directory; a symlink itself. */
  unlinkFileAt(path: string): void {
    this.#mustBeMutable();
    using place = resolve(this.#folder, path, 'never');
    const isDirectory = lstat(place).isDirectory();
    if (isDirectory || place.directory) throw new FilesystemError(isDirectory ? 'EISDIR' : 'ENOTDIR');
    guarded(() => unlinkSync(place.folder.at(place.name)));
  }

  renameAt(oldPath: string, newDirectory: DirectoryDescriptor, newPath: string): void {
    this.#mustBeMutable();
    newDirectory.#mustBeMutable();
    using from = resolve(this.#folder, oldPath, 'never');
    using to = resolve(newDirectory.#folder, newPath, 'never');
    if (from.name === '.' || to.name === '.') throw new FilesystemError('EBUSY');
    // As wasmtime: a slash after the new name says nothing.
    if (from.directory && !lstat(from).isDirectory()) throw new FilesystemError('ENOTDIR');
    guarded(() => renameSync(from.folder.at(from.name), to.folder.at(to.name)));
  }

  /** A hard link to what `oldPath` names; to a symlink itself where it is one. */
  linkAt(oldPath: string, newDirectory: DirectoryDescriptor, newPath: string): void {
    this.#mustBeMutable();
    newDirectory.#mustBeMutable();
    using from = this.#existing(oldPath, 'never');
    using to = resolve(newDirectory.#folder, newPath, 'never');
    if (lstat(from).isDirectory()) throw new FilesystemError('EPERM');
    mustBeFree(to);
    guarded(() => linkSync(from.folder.at(from.name), to.folder.at(to.name)));
  }

  /** An absolute target is refused, since it would mean something else on the host. */
  symlinkAt(target: string, path: string): void {
    this.#mustBeMutable();
    parseGuestPath(target);
    using place = resolve(this.#folder, path, 'never');
    mustBeFree(place);
    guarded(() => symlinkSync(target, place.folder.at(place.name)));
  }

  /** The target of a symlink. An absolute one tells where things lie on the host, and is refused. */
  readlinkAt(path: string): string {
    using place = this.#existing(path, 'never');
    const target = guarded(() => readlinkSync(place.folder.at(place.name), { encoding: 'buffer' }));
    const text = utf8(target);
    parseGuestPath(text);
    return text;
  }

  sync(): void {
    this.#folder.sync();
  }

  close(): void {
    this.#folder.close();
    this.#shared.open.delete(this);
  }

  #mustBeMutable(): void {
    if (!this.rights.mutable) throw new FilesystemError('EPERM');
  }

  /** @throws ENOTDIR where the path asks for a directory and finds something else */
  #existing(path: string, follow: Follow): Place {
    const place = resolve(this.#folder, path, follow);
    try {
      if (place.directory && !lstat(place).isDirectory()) throw new FilesystemError('ENOTDIR');
      return place;
    } catch (error) {
      place[Symbol.dispose]();
      throw error;
    }
  }

  #toStat(stats: BigIntStats): Stat {
    return toStat(stats, this.#shared.times.of(stats));
  }
}

function lstat(place: Place): BigIntStats {
  return guarded(() => lstatSync(place.folder.at(place.name), { bigint: true }));
}

/** For what can't be made with a slash after its name: a link. */
function mustBeFree(place: Place): void {
  const there = guarded(() => lstatSync(place.folder.at(place.name), { throwIfNoEntry: false }));
  if (there === undefined && !place.directory) return;
  if (there === undefined) throw new FilesystemError('ENOENT');
  throw new FilesystemError(place.directory && !there.isDirectory() ? 'ENOTDIR' : 'EEXIST');
}

/** Why what a path calls a directory can't be opened for writing. */
function notWritable(place: Place): FilesystemErrorCode {
  return lstat(place).isDirectory() ? 'EISDIR' : 'ENOTDIR';
}

function openFlags(rights: FileRights, options: OpenOptions): number {
  // The system creates and truncates only what it opens for writing; the descriptor stays without that right.
  const write = rights.write || options.create === true || options.truncate === true;
  let flags: number = write ? (rights.read ? constants.O_RDWR : constants.O_WRONLY) : constants.O_RDONLY;
  if (options.create) flags |= constants.O_CREAT;
  if (options.create && options.exclusive) flags |= constants.O_EXCL;
  if (options.truncate) flags |= constants.O_TRUNC;
  return flags;
}
