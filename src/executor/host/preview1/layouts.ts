import type { FileType, NewTime, Stat } from '../filesystem/types.ts';
import { Errno, checkFlags } from './errno.ts';
import type { GuestMemory } from './guestMemory.ts';

/** Preview 1's `filetype`; it has no code for a FIFO. */
export const fileTypeCode: Readonly<Record<FileType, number>> = {
  unknown: 0,
  'block-device': 1,
  'character-device': 2,
  directory: 3,
  'regular-file': 4,
  socket: 6,
  'symbolic-link': 7,
  fifo: 0,
};

/** Writes a `filestat`, 64 bytes. The device is always 1; the inode number is the identity's hash, as in wasmtime. */
export function writeFilestat(memory: GuestMemory, at: number, stat: Stat): void {
  memory.setU64(at, 0, 1n);
  memory.setU64(at, 8, stat.identity.lower);
  memory.setU64(at, 16, BigInt(fileTypeCode[stat.type]));
  memory.setU64(at, 24, stat.links);
  memory.setU64(at, 32, stat.size);
  memory.setU64(at, 40, stat.accessed);
  memory.setU64(at, 48, stat.modified);
  memory.setU64(at, 56, stat.changed);
}

const setTimeFlags = { accessed: 1, accessedNow: 2, modified: 4, modifiedNow: 8 } as const;

/** The two times that `fstflags` and their arguments ask for. @throws Errno EINVAL for both a time and the present */
export function newTimes(accessed: bigint, modified: bigint, flags: number): [NewTime, NewTime] {
  checkFlags(flags, 15);
  const time = (set: number, now: number, value: bigint): NewTime => {
    if (flags & set && flags & now) throw new Errno('EINVAL');
    if (flags & set) return BigInt.asUintN(64, value);
    return flags & now ? 'now' : 'keep';
  };
  return [
    time(setTimeFlags.accessed, setTimeFlags.accessedNow, accessed),
    time(setTimeFlags.modified, setTimeFlags.modifiedNow, modified),
  ];
}
