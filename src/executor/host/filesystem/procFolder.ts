import { closeSync, constants, fstatSync, fsyncSync, openSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { FilesystemError, guarded } from './error.ts';
import type { Folder, Opened } from './folder.ts';

/** Not in Node's constants; the same number on every Linux that Node is built for. */
const O_PATH = 0o10000000;

const holdDirectory = O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW;

/**
 * Linux: Node has no openat(2), but `/proc/self/fd/N/name` is resolved from the open directory N as openat would,
 * not from where the directory's path leads by now.
 */
export class ProcFolder implements Folder {
  /** Null once it is closed, when the number may be another's. */
  #number: number | null;

  private constructor(fd: number) {
    this.#number = fd;
  }

  static openHost(path: string): ProcFolder {
    return new ProcFolder(guarded(() => openSync(path, O_PATH | constants.O_DIRECTORY)));
  }

  get self(): string {
    return `/proc/self/fd/${this.#fd}`;
  }

  at(name: string): string {
    return `${this.self}/${name}`;
  }

  stat(): BigIntStats {
    return guarded(() => fstatSync(this.#fd, { bigint: true }));
  }

  openFolder(name: string): ProcFolder {
    return new ProcFolder(guarded(() => openSync(this.at(name), holdDirectory)));
  }

  open(name: string, flags: number): Opened {
    // Without O_NONBLOCK, opening a FIFO would wait for its other end.
    const safely = flags | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;
    const fd = guarded(() => openSync(this.at(name), safely, 0o666));
    return fstatSync(fd).isDirectory() ? { folder: new ProcFolder(fd) } : { fd };
  }

  sync(): void {
    const fd = guarded(() => openSync(this.at('.'), constants.O_RDONLY | constants.O_DIRECTORY));
    try {
      guarded(() => fsyncSync(fd));
    } finally {
      closeSync(fd);
    }
  }

  close(): void {
    if (this.#number === null) return;
    closeSync(this.#number);
    this.#number = null;
  }

  get #fd(): number {
    if (this.#number === null) throw new FilesystemError('EBADF');
    return this.#number;
  }
}
