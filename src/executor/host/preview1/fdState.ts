import type { Context, HostFunctions } from './context.ts';
import type { OpenDescriptor, OpenDirectory, OpenFile } from './descriptors.ts';
import { Errno, checkFlags } from './errno.ts';
import { fileTypeCode, newTimes, writeFilestat } from './layouts.ts';
import { allRights, preopenInheritedRights, preopenRights, readRights, right } from './rights.ts';

/** Preview 1's `fdflags`; the synchronous ones can't be had, as on wasmtime. */
export const fdFlags = { append: 1, nonblocking: 4, synchronous: 2 | 8 | 16, all: 31 } as const;

const largestAdvice = 5;

/** What an open descriptor is, and changing that: flags, times, size, preopens, closing. */
export function fdStateFunctions({ memory, descriptors }: Context): HostFunctions {
  const fileOrDirectory = (fd: number) => {
    const open = descriptors.get(fd);
    return open.kind === 'file' ? open : descriptors.directory(fd, 0);
  };
  const preopenName = (fd: number, otherwise: 'EBADF' | 'ENOTDIR') => {
    const open = descriptors.get(fd);
    if (open.kind !== 'directory' || open.preopenName === null) throw new Errno(otherwise);
    return open.preopenName;
  };

  return {
    fd_advise(fd: number, _offset: bigint, _length: bigint, advice: number) {
      if (advice >>> 0 > largestAdvice) throw new Errno('EINVAL');
      descriptors.file(fd, right.fdAdvise);
    },
    fd_allocate(fd: number) {
      descriptors.file(fd, right.fdAllocate);
      throw new Errno('ENOTSUP');
    },
    fd_close: (fd: number) => descriptors.close(fd),
    fd_renumber: (from: number, to: number) => descriptors.renumber(from, to),
    fd_datasync: (fd: number) => descriptors.file(fd, right.fdDatasync).file.syncData(),
    fd_sync: (fd: number) => descriptors.file(fd, right.fdSync).file.sync(),
    fd_fdstat_get(fd: number, result: number) {
      const stat = fdstat(descriptors.get(fd));
      memory.setU64(result, 0, BigInt(stat.type | (stat.flags << 16)));
      memory.setU64(result, 8, BigInt(stat.base));
      memory.setU64(result, 16, BigInt(stat.inheriting));
    },
    fd_fdstat_set_flags(fd: number, flags: number) {
      checkFlags(flags, fdFlags.all);
      const open = descriptors.file(fd, right.fdFdstatSetFlags);
      checkFlags(flags, fdFlags.append | fdFlags.nonblocking);
      open.append = (flags & fdFlags.append) !== 0;
      open.nonblocking = (flags & fdFlags.nonblocking) !== 0;
    },
    fd_fdstat_set_rights(fd: number, base: bigint, inheriting: bigint) {
      const [newBase, newInheriting] = [readRights(base), readRights(inheriting)];
      const open = fileOrDirectory(fd);
      const shown = fdstat(open);
      if ((newBase & ~shown.base) !== 0 || (newInheriting & ~shown.inheriting) !== 0)
        throw new Errno('ENOTCAPABLE');
      open.dropped |= shown.base & ~newBase;
      open.droppedInheriting |= shown.inheriting & ~newInheriting;
    },
    fd_filestat_get(fd: number, result: number) {
      const open = descriptors.get(fd);
      if (open.kind === 'file')
        writeFilestat(memory, result, descriptors.file(fd, right.fdFilestatGet).file.stat());
      else if (open.kind === 'directory')
        writeFilestat(memory, result, descriptors.directory(fd, right.fdFilestatGet).directory.stat());
      else memory.bytes(result, 64).fill(0);
    },
    fd_filestat_set_size: (fd: number, size: bigint) =>
      descriptors.file(fd, right.fdFilestatSetSize).file.setSize(BigInt.asUintN(64, size)),
    fd_filestat_set_times(fd: number, accessed: bigint, modified: bigint, flags: number) {
      const times = newTimes(accessed, modified, flags);
      const open = fileOrDirectory(fd);
      if (open.dropped & right.fdFilestatSetTimes) throw new Errno('ENOTCAPABLE');
      (open.kind === 'file' ? open.file : open.directory).setTimes(...times);
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
  readonly base: number;
  readonly inheriting: number;
}

/** The streams say that they are no terminals, by the type `unknown` and by having no right to seek or tell. */
function fdstat(open: OpenDescriptor): Fdstat {
  switch (open.kind) {
    case 'input':
      return { type: fileTypeCode.unknown, flags: 0, base: right.fdRead, inheriting: right.fdRead };
    case 'output':
      return { type: fileTypeCode.unknown, flags: 0, base: right.fdWrite, inheriting: right.fdWrite };
    case 'directory': {
      const opened = allRights & ~(right.fdSeek | right.fdFilestatSetSize | right.fdWrite);
      const [base, inheriting] =
        open.preopenName === null ? [opened, opened] : [preopenRights, preopenInheritedRights];
      return { type: fileTypeCode.directory, flags: 0, ...without(open, base, inheriting) };
    }
    case 'file': {
      const { read, write } = open.file.rights;
      const withheld = (read ? 0 : right.fdRead | right.fdReaddir) | (write ? 0 : right.fdWrite);
      const flags = (open.append ? fdFlags.append : 0) | (open.nonblocking ? fdFlags.nonblocking : 0);
      const had = allRights & ~withheld;
      return { type: fileTypeCode[open.file.stat().type], flags, ...without(open, had, had) };
    }
  }
}

function without(open: OpenFile | OpenDirectory, base: number, inheriting: number) {
  return { base: base & ~open.dropped, inheriting: inheriting & ~open.droppedInheriting };
}
