import type { BigIntStats } from 'node:fs';
import type { FileType, Identity, Stat } from './types.ts';

export function fileType(stats: BigIntStats): FileType {
  if (stats.isFile()) return 'regular-file';
  if (stats.isDirectory()) return 'directory';
  if (stats.isSymbolicLink()) return 'symbolic-link';
  if (stats.isCharacterDevice()) return 'character-device';
  if (stats.isBlockDevice()) return 'block-device';
  if (stats.isFIFO()) return 'fifo';
  if (stats.isSocket()) return 'socket';
  return 'unknown';
}

const u64 = (n: bigint) => BigInt.asUintN(64, n);

/** SplitMix64's finisher: every bit of the argument moves every bit of the result, and no two share one. */
function mixed(n: bigint): bigint {
  let z = u64(n);
  z = u64((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = u64((z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}

/** What a guest tells objects apart by: the same for one object, under whatever name. */
export function identityOf(stats: BigIntStats): Identity {
  const lower = mixed(mixed(stats.dev) ^ stats.ino);
  return { lower, upper: mixed(~lower) };
}

/** Whether two names lead to one object. */
export function sameObject(a: BigIntStats, b: BigIntStats): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

/** @param times in nanoseconds since the epoch, as the guest is told them */
export function toStat(stats: BigIntStats, times: { accessed: bigint; modified: bigint }): Stat {
  return {
    type: fileType(stats),
    links: stats.nlink,
    size: stats.size,
    ...times,
    changed: stats.ctimeNs,
    identity: identityOf(stats),
  };
}
