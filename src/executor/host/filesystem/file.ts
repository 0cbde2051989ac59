import { closeSync, fdatasyncSync, fstatSync, fsyncSync, ftruncateSync, readSync, writeSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { FilesystemError, guarded } from './error.ts';
import { toStat } from './stat.ts';
import { applyTo } from './times.ts';
import type { Times } from './times.ts';
import type { NewTime, Stat } from './types.ts';

/** What a descriptor was opened for, and what its preopen permits. */
export interface FileRights {
  readonly read: boolean;
  readonly write: boolean;
  /** Whether the preopen is writable. */
  readonly mutable: boolean;
}

/** An open file, device or FIFO. It has no position of its own: preview 1 keeps that, preview 2 has none. */
export class FileDescriptor {
  readonly kind = 'file';
  readonly rights: FileRights;
  /** Null once it is closed, when the number may be another's. */
  #number: number | null;
  readonly #times: Times;
  readonly #onClose: (closed: FileDescriptor) => void;

  constructor(fd: number, rights: FileRights, times: Times, onClose: (closed: FileDescriptor) => void) {
    this.#number = fd;
    this.rights = rights;
    this.#times = times;
    this.#onClose = onClose;
  }

  /** Fills `into` from `offset` on as far as one read(2) does; returns the bytes read, 0 at the end. */
  read(into: Uint8Array, offset: bigint): number {
    if (!this.rights.read) throw new FilesystemError('EBADF');
    // No file system has files as large as that.
    if (into.length === 0 || (offset > largestPosition && offset < 2n ** 63n)) return 0;
    return guarded(() => readSync(this.#fd, into, 0, into.length, position(offset)));
  }

  /** Writes at `offset` as much as one write(2) does; returns the bytes written. */
  write(bytes: Uint8Array, offset: bigint): number {
    if (!this.rights.write) throw new FilesystemError('EBADF');
    if (bytes.length === 0) return 0;
    return guarded(() => writeSync(this.#fd, bytes, 0, bytes.length, position(offset)));
  }

  /** Writes at the file's present end. Two writers at once may meet there, as Node has no write that appends alone. */
  append(bytes: Uint8Array): number {
    return this.write(bytes, this.#stats().size);
  }

  stat(): Stat {
    const stats = this.#stats();
    return toStat(stats, this.#times.of(stats));
  }

  setSize(size: bigint): void {
    if (!this.rights.mutable) throw new FilesystemError('EPERM');
    if (!this.rights.write) throw new FilesystemError('EINVAL');
    guarded(() => ftruncateSync(this.#fd, position(size)));
  }

  setTimes(accessed: NewTime, modified: NewTime): void {
    if (!this.rights.mutable) throw new FilesystemError('EPERM');
    this.#times.set(accessed, modified, () => this.#stats(), applyTo.descriptor(this.#fd));
  }

  sync(): void {
    guarded(() => fsyncSync(this.#fd));
  }

  syncData(): void {
    guarded(() => fdatasyncSync(this.#fd));
  }

  close(): void {
    if (this.#number === null) return;
    closeSync(this.#number);
    this.#number = null;
    this.#onClose(this);
  }

  get #fd(): number {
    if (this.#number === null) throw new FilesystemError('EBADF');
    return this.#number;
  }

  #stats(): BigIntStats {
    return guarded(() => fstatSync(this.#fd, { bigint: true }));
  }
}

/** Node counts in doubles. */
const largestPosition = BigInt(Number.MAX_SAFE_INTEGER);

function position(offset: bigint): number {
  if (offset < 0n || offset >= 2n ** 63n) throw new FilesystemError('EINVAL');
  if (offset > largestPosition) throw new FilesystemError('EFBIG');
  return Number(offset);
}
