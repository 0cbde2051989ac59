import { encodeUtf8 } from '../../../shared/text.ts';
import type { Descriptor } from '../filesystem/directory.ts';
import type { Context, HostFunctions } from './context.ts';
import { openDirectory } from './descriptors.ts';
import type { OpenDescriptor } from './descriptors.ts';
import { Errno, checkFlags } from './errno.ts';
import { fdFlags } from './fdState.ts';
import { newTimes, writeFilestat } from './layouts.ts';
import { readRights, right } from './rights.ts';

const lookup = { symlinkFollow: 1 } as const;
const openFlags = { create: 1, directory: 2, exclusive: 4, truncate: 8, all: 15 } as const;

/** Everything that takes a path, which is relative to an open directory. */
export function pathFunctions({ memory, descriptors }: Context): HostFunctions {
  const directory = (fd: number, needed: number) => descriptors.directory(fd, needed).directory;
  const follows = (flags: number) => {
    checkFlags(flags, lookup.symlinkFollow);
    return flags !== 0;
  };

  return {
    path_open(
      fd: number,
      lookupFlags: number,
      path: number,
      pathLength: number,
      flags: number,
      base: bigint,
      inheriting: bigint,
      fdflags: number,
      result: number,
    ) {
      const follow = follows(lookupFlags);
      checkFlags(flags, openFlags.all);
      checkFlags(fdflags, fdFlags.all);
      const rights = readRights(base);
      readRights(inheriting);
      const name = memory.string(path, pathLength);
      if (descriptors.get(fd).kind === 'file') throw new Errno('ENOTDIR');
      const at = descriptors.directory(fd, rightsToOpen(flags));
      if (fdflags & fdFlags.synchronous) throw new Errno('ENOTSUP');
      memory.check(result, 4);
      const opened = at.directory.openAt(name, {
        follow,
        create: (flags & openFlags.create) !== 0,
        directory: (flags & openFlags.directory) !== 0,
        exclusive: (flags & openFlags.exclusive) !== 0,
        truncate: (flags & openFlags.truncate) !== 0,
        read: (rights & right.fdRead) !== 0,
        write: (rights & right.fdWrite) !== 0,
      });
      memory.setU32(result, 0, descriptors.add(entry(opened, fdflags)));
    },
    path_create_directory: (fd: number, path: number, length: number) =>
      directory(fd, right.pathCreateDirectory).createDirectoryAt(memory.string(path, length)),
    path_remove_directory: (fd: number, path: number, length: number) =>
      directory(fd, right.pathRemoveDirectory).removeDirectoryAt(memory.string(path, length)),
    path_unlink_file: (fd: number, path: number, length: number) =>
      directory(fd, right.pathUnlinkFile).unlinkFileAt(memory.string(path, length)),
    path_filestat_get(fd: number, flags: number, path: number, length: number, result: number) {
      const follow = follows(flags);
      writeFilestat(
        memory,
        result,
        directory(fd, right.pathFilestatGet).statAt(memory.string(path, length), follow),
      );
    },
    path_filestat_set_times(
      fd: number,
      flags: number,
      path: number,
      length: number,
      accessed: bigint,
      modified: bigint,
      timeFlags: number,
    ) {
      const follow = follows(flags);
      const times = newTimes(accessed, modified, timeFlags);
      directory(fd, right.pathFilestatSetTimes).setTimesAt(memory.string(path, length), follow, ...times);
    },
    path_link(
      oldFd: number,
      flags: number,
      oldPath: number,
      oldLength: number,
      newFd: number,
      newPath: number,
      newLength: number,
    ) {
      const follow = follows(flags);
      const [from, to] = [directory(oldFd, right.pathLinkSource), directory(newFd, right.pathLinkTarget)];
      // wasmtime makes no hard links through symlinks.
      if (follow) throw new Errno('EINVAL');
      from.linkAt(memory.string(oldPath, oldLength), to, memory.string(newPath, newLength));
    },
    path_rename(
      oldFd: number,
      oldPath: number,
      oldLength: number,
      newFd: number,
      newPath: number,
      newLength: number,
    ) {
      const [from, to] = [directory(oldFd, right.pathRenameSource), directory(newFd, right.pathRenameTarget)];
      from.renameAt(memory.string(oldPath, oldLength), to, memory.string(newPath, newLength));
    },
    path_symlink(target: number, targetLength: number, fd: number, path: number, length: number) {
      directory(fd, right.pathSymlink).symlinkAt(
        memory.string(target, targetLength),
        memory.string(path, length),
      );
    },
    path_readlink(
      fd: number,
      path: number,
      length: number,
      buffer: number,
      bufferLength: number,
      used: number,
    ) {
      const target = encodeUtf8(directory(fd, right.pathReadlink).readlinkAt(memory.string(path, length)));
      const kept = target.subarray(0, bufferLength >>> 0);
      memory.set(buffer, 0, kept);
      memory.setU32(used, 0, kept.length);
    },
  };
}

function rightsToOpen(flags: number): number {
  const create = flags & openFlags.create ? right.pathCreateFile : 0;
  return right.pathOpen | create | (flags & openFlags.truncate ? right.pathFilestatSetSize : 0);
}

function entry(opened: Descriptor, flags: number): OpenDescriptor {
  if (opened.kind === 'directory') return openDirectory(opened, null);
  return {
    kind: 'file',
    file: opened,
    position: 0n,
    append: (flags & fdFlags.append) !== 0,
    nonblocking: (flags & fdFlags.nonblocking) !== 0,
    dropped: 0,
    droppedInheriting: 0,
  };
}
