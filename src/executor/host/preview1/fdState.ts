import type { Context, HostFunctions } from './context.ts';
import type { OpenDescriptor } from './descriptors.ts';
import { Errno, checkFlags } from './errno.ts';
import { fileTypeCode, newTimes, writeFilestat } from './layouts.ts';
import { allRights, preopenInheritedRights, preopenRights, rights } from './rights.ts';

/** Preview 1's `fdflags`; the synchronous ones can't be had, as on wasmtime. */
export const fdFlags = { append: 1, nonblocking: 4, synchronous: 2 | 8 | 16, all: 31 } as const;

const largestAdvice = 5;

/** What an open descriptor is, and changing that: flags, times, size, preopens, closing. */
export function fdStateFunctions({ memory, descriptors }: Context): HostFunctions {
  const descriptorOf = (fd: number) => {
    const open = descriptors.get(fd);
    if (open.kind === 'file') return open.file;
    if (open.kind === 'directory') return open.directory;
    throw new Errno('EBADF');
  };
  const preopenName = (fd: number, otherwise: 'EBADF' | 'ENOTDIR') => {
    const open = descriptors.get(fd);
    if (open.kind !== 'directory' || open.preopenName === null) throw new Errno(otherwise);
    return open.preopenName;
  };

  return {
    fd_advise(fd: number, _offset: bigint, _length: bigint, advice: number) {
      if (advice >>> 0 > largestAdvice) throw new Errno('EINVAL');
      descriptors.file(fd);
    },
    fd_allocate(fd: number) {
      descriptors.file(fd);
      throw new Errno('ENOTSUP');
    },
    fd_close: (fd: number) => descriptors.close(fd),
    fd_renumber: (from: number, to: number) => descriptors.renumber(from, to),
    fd_datasync: (fd: number) => descriptors.file(fd).file.syncData(),
    fd_sync: (fd: number) => descriptors.file(fd).file.sync(),
    fd_fdstat_get(fd: number, result: number) {
      const stat = fdstat(descriptors.get(fd));
      memory.setU64(result, 0, BigInt(stat.type | (stat.flags << 16)));
      memory.setU64(result, 8, stat.base);
      memory.setU64(result, 16, stat.inheriting);
    },
    fd_fdstat_set_flags(fd: number, flags: number) {
      checkFlags(flags, fdFlags.all);
      const open = descriptors.file(fd);
      checkFlags(flags, fdFlags.append | fdFlags.nonblocking);
      open.append = (flags & fdFlags.append) !== 0;
      open.nonblocking = (flags & fdFlags.nonblocking) !== 0;
    },
    // Rights are shown and decide nothing, as on wasmtime.
    fd_fdstat_set_rights: (fd: number) => void descriptorOf(fd),
    fd_filestat_get(fd: number, result: number) {
      const open = descriptors.get(fd);
      if (open.kind === 'file') writeFilestat(memory, result, open.file.stat());
      else if (open.kind === 'directory') writeFilestat(memory, result, open.directory.stat());
      else memory.bytes(result, 64).fill(0);
    },
    fd_filestat_set_size: (fd: number, size: bigint) =>
      descriptors.file(fd).file.setSize(BigInt.asUintN(64, size)),
    fd_filestat_set_times(fd: number, accessed: bigint, modified: bigint, flags: number) {
      const times = newTimes(accessed, modified, flags);
      descriptorOf(fd).setTimes(...times);
    },
    fd_prestat_get(fd: number, result: number) {
      const name = preopenName(fd, 'EBADF');
      memory.setU32(result, 0, 0);
      memory.setU32(result, 4, name.length);
    },
    fd_prestat_dir_name(fd: number, buffer: number, length: number) {
      const name = preopenName(fd, 'ENOTDIR');
      if (name.length > length >>> 0) throw new Errno('ENAMETOOLONG');
      memory.set(buffer, 0, name);
    },
  };
}

interface Fdstat {
  readonly type: number;
  readonly flags: number;
  readonly base: bigint;
  readonly inheriting: bigint;
}

/** The streams say that they are no terminals, by the type `unknown` and by having no right to seek or tell. */
function fdstat(open: OpenDescriptor): Fdstat {
  const same = (type: number, flags: number, base: bigint) => ({ type, flags, base, inheriting: base });
  switch (open.kind) {
    case 'input':
      return same(fileTypeCode.unknown, 0, rights('fdRead'));
    case 'output':
      return same(fileTypeCode.unknown, 0, rights('fdWrite'));
    case 'directory':
      if (open.preopenName !== null)
        return {
          type: fileTypeCode.directory,
          flags: 0,
          base: preopenRights,
          inheriting: preopenInheritedRights,
        };
      return same(fileTypeCode.directory, 0, allRights & ~rights('fdSeek', 'fdFilestatSetSize', 'fdWrite'));
    case 'file': {
      const { read, write } = open.file.rights;
      const withheld = (read ? 0n : rights('fdRead', 'fdReaddir')) | (write ? 0n : rights('fdWrite'));
      const flags = (open.append ? fdFlags.append : 0) | (open.nonblocking ? fdFlags.nonblocking : 0);
      return same(fileTypeCode[open.file.stat().type], flags, allRights & ~withheld);
    }
  }
}
