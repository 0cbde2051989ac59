import type { DirectoryDescriptor } from '../filesystem/directory.ts';
import type { FileDescriptor } from '../filesystem/file.ts';
import type { Filesystem } from '../filesystem/filesystem.ts';
import type { DirectoryEntry } from '../filesystem/types.ts';
import { encodeUtf8 } from '../../../shared/text.ts';
import type { InputPipe, OutputPipe } from '../stdio.ts';
import type { World } from '../world.ts';
import { Errno } from './errno.ts';

export interface OpenFile {
  readonly kind: 'file';
  readonly file: FileDescriptor;
  /** Bytes from the start. */
  position: bigint;
  append: boolean;
  nonblocking: boolean;
}

export interface OpenDirectory {
  readonly kind: 'directory';
  readonly directory: DirectoryDescriptor;
  /** The name of a preopen, in UTF-8; null for one that the guest opened. */
  readonly preopenName: Uint8Array | null;
  /** What fd_readdir goes through, from one cookie 0 to the next. */
  listing: readonly DirectoryEntry[] | null;
}

export type OpenDescriptor =
  | { readonly kind: 'input'; readonly pipe: InputPipe }
  | { readonly kind: 'output'; readonly pipe: OutputPipe }
  | OpenDirectory
  | OpenFile;

/** What the guest's descriptor numbers stand for: 0 to 2 the streams, then the preopens. */
export class DescriptorTable {
  readonly #open = new Map<number, OpenDescriptor>();
  /** Numbers that were closed; the last one is given out first, as wasmtime does. */
  readonly #free: number[] = [];
  #next = 0;

  constructor(world: World, filesystem: Filesystem) {
    this.add({ kind: 'input', pipe: world.stdin });
    this.add({ kind: 'output', pipe: world.stdout });
    this.add({ kind: 'output', pipe: world.stderr });
    for (const { directory, guestPath } of filesystem.preopens)
      this.add({ kind: 'directory', directory, preopenName: encodeUtf8(guestPath), listing: null });
  }

  add(descriptor: OpenDescriptor): number {
    const fd = this.#free.pop() ?? this.#next++;
    this.#open.set(fd, descriptor);
    return fd;
  }

  /** @throws Errno EBADF, as do the next ones */
  get(fd: number): OpenDescriptor {
    const descriptor = this.#open.get(fd);
    if (descriptor === undefined) throw new Errno('EBADF');
    return descriptor;
  }

  file(fd: number): OpenFile {
    const descriptor = this.get(fd);
    if (descriptor.kind !== 'file') throw new Errno('EBADF');
    return descriptor;
  }

  /** @throws Errno ESPIPE for a stream */
  seekable(fd: number): OpenFile {
    const descriptor = this.get(fd);
    if (descriptor.kind === 'input' || descriptor.kind === 'output') throw new Errno('ESPIPE');
    return this.file(fd);
  }

  directory(fd: number): OpenDirectory {
    const descriptor = this.get(fd);
    if (descriptor.kind !== 'directory') throw new Errno('EBADF');
    return descriptor;
  }

  close(fd: number): void {
    release(this.get(fd));
    this.#open.delete(fd);
    this.#free.push(fd);
  }

  /** Moves `from` onto `to`, which has to be open and is closed. */
  renumber(from: number, to: number): void {
    const moved = this.get(from);
    const replaced = this.get(to);
    if (from === to) return;
    release(replaced);
    this.#open.set(to, moved);
    this.#open.delete(from);
    this.#free.push(from);
  }
}

function release(descriptor: OpenDescriptor): void {
  if (descriptor.kind === 'file') descriptor.file.close();
  else if (descriptor.kind === 'directory') descriptor.directory.close();
}
