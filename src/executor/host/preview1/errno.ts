import { FilesystemError } from '../filesystem/error.ts';
import type { FilesystemErrorCode } from '../filesystem/error.ts';

/** Preview 1's `errno`, those that this host answers. */
export const errno = {
  SUCCESS: 0,
  EACCES: 2,
  EAGAIN: 6,
  EALREADY: 7,
  EBADF: 8,
  EBUSY: 10,
  EDEADLK: 16,
  EDQUOT: 19,
  EEXIST: 20,
  EFAULT: 21,
  EFBIG: 22,
  EILSEQ: 25,
  EINPROGRESS: 26,
  EINTR: 27,
  EINVAL: 28,
  EIO: 29,
  EISDIR: 31,
  ELOOP: 32,
  EMLINK: 34,
  EMSGSIZE: 35,
  ENAMETOOLONG: 37,
  ENODEV: 43,
  ENOENT: 44,
  ENOLCK: 46,
  ENOMEM: 48,
  ENOSPC: 51,
  ENOTDIR: 54,
  ENOTEMPTY: 55,
  ENOTRECOVERABLE: 56,
  ENOTSOCK: 57,
  ENOTSUP: 58,
  ENOTTY: 59,
  ENXIO: 60,
  EOVERFLOW: 61,
  EPERM: 63,
  EPIPE: 64,
  EROFS: 69,
  ESPIPE: 70,
  ETXTBSY: 74,
  EXDEV: 75,
  ENOTCAPABLE: 76,
} as const satisfies Record<FilesystemErrorCode, number> & Record<string, number>;

/** Ends a host function; the guest gets the number as its result. */
export class Errno extends Error {
  readonly number: number;

  constructor(name: keyof typeof errno) {
    super(name);
    this.name = 'Errno';
    this.number = errno[name];
  }
}

/**
 * What a host function returns for what it threw. Anything else goes on to the engine: an exit, a stack overflow of
 * the guest that happened to be noticed in the host, a fault of ours.
 */
export function errnoOf(thrown: unknown): number {
  if (thrown instanceof Errno) return thrown.number;
  if (thrown instanceof FilesystemError) return errno[thrown.code];
  throw thrown;
}

/** Refuses flags that don't exist. */
export function checkFlags(value: number, known: number): void {
  if ((value & ~known) !== 0) throw new Errno('EINVAL');
}
