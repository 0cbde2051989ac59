import { encodeUtf8 } from '../../../shared/text.ts';
import type { Descriptor } from '../filesystem/directory.ts';
import type { Context, HostFunctions } from './context.ts';
import type { OpenDescriptor } from './descriptors.ts';
import { Errno, checkFlags } from './errno.ts';
import { fdFlags } from './fdState.ts';
import { newTimes, writeFilestat } from './layouts.ts';
import { allRights, rights } from './rights.ts';

const lookup = { symlinkFollow: 1 } as const;
const openFlags = { create: 1, directory: 2, exclusive: 4, truncate: 8, all: 15 } as const;
const readRight = rights('fdRead');
const writeRight = rights('fdWrite');

/** Everything that takes a path, which is relative to an open directory. */
export function pathFunctions({ memory, descriptors }: Context): HostFunctions {
  const directory = (fd: number) => descriptors.directory(fd).directory;
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
      if (BigInt.asUintN(64, base | inheriting) & ~allRights) throw new Errno('EINVAL');
      const name = memory.string(path, pathLength);
      const at = descriptors.get(fd);
      if (at.kind !== 'directory') throw new Errno(at.kind === 'file' ? 'ENOTDIR' : 'EBADF');
      if (fdflags & fdFlags.synchronous) throw new Errno('ENOTSUP');
      memory.check(result, 4);
      const opened = at.directory.openAt(name, {
        follow,
        create: (flags & openFlags.create) !== 0,
        directory: (flags & openFlags.directory) !== 0,
        exclusive: (flags & openFlags.exclusive) !== 0,
        truncate: (flags & openFlags.truncate) !== 0,
        read: (base & readRight) !== 0n,
        write: (base & writeRight) !== 0n,
      });
      memory.setU32(result, 0, descriptors.add(entry(opened, fdflags)));
    },
    path_create_directory: (fd: number, path: number, length: number) =>
      directory(fd).createDirectoryAt(memory.string(path, length)),
    path_remove_directory: (fd: number, path: number, length: number) =>
      directory(fd).removeDirectoryAt(memory.string(path, length)),
    path_unlink_file: (fd: number, path: number, length: number) =>
      directory(fd).unlinkFileAt(memory.string(path, length)),
    path_filestat_get(fd: number, flags: number, path: number, length: number, result: number) {
      const follow = follows(flags);
      writeFilestat(memory, result, directory(fd).statAt(memory.string(path, length), follow));
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
      directory(fd).setTimesAt(memory.string(path, length), follow, ...times);
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
      const [from, to] = [directory(oldFd), directory(newFd)];
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
      const [from, to] = [directory(oldFd), directory(newFd)];
      from.renameAt(memory.string(oldPath, oldLength), to, memory.string(newPath, newLength));
    },
    path_symlink(target: number, targetLength: number, fd: number, path: number, length: number) {
      directory(fd).symlinkAt(memory.string(target, targetLength), memory.string(path, length));
    },
    path_readlink(
      fd: number,
      path: number,
      length: number,
      buffer: number,
      bufferLength: number,
      used: number,
    ) {
      const target = encodeUtf8(directory(fd).readlinkAt(memory.string(path, length)));
      const kept = target.subarray(0, bufferLength >>> 0);
      memory.set(buffer, 0, kept);
      memory.setU32(used, 0, kept.length);
    },
  };
}

function entry(opened: Descriptor, flags: number): OpenDescriptor {
  if (opened.kind === 'directory')
    return { kind: 'directory', directory: opened, preopenName: null, listing: null };
  const append = (flags & fdFlags.append) !== 0;
  return {
    kind: 'file',
    file: opened,
    position: 0n,
    append,
    nonblocking: (flags & fdFlags.nonblocking) !== 0,
  };
}
