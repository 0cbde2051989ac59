import type { DirectoryDescriptor } from '../filesystem/directory.ts';
import type { FileDescriptor } from '../filesystem/file.ts';
import type { Filesystem } from '../filesystem/filesystem.ts';
import type { DirectoryEntry } from '../filesystem/types.ts';
import { encodeUtf8 } from '../../../shared/text.ts';
import type { InputPipe, OutputPipe } from '../stdio.ts';
import type { World } from '../world.ts';
import { Errno } from './errno.ts';

/** The rights that the guest gave up, which it can't get back; all others are as the preopen and the system have them. */
interface Droppable {
  dropped: number;
  /** Shown only, as what is opened through a directory is free of its rights on wasmtime. */
  droppedInheriting: number;
}

export interface OpenFile extends Droppable {
  readonly kind: 'file';
  readonly file: FileDescriptor;
  /** Bytes from the start. */
  position: bigint;
  append: boolean;
  nonblocking: boolean;
}

export interface OpenDirectory extends Droppable {
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
      this.add(openDirectory(directory, encodeUtf8(guestPath)));
  }

  add(descriptor: OpenDescriptor): number {
    const fd = this.#free.pop() ?? this.#next++;
    this.#open.set(fd, descriptor);
    return fd;
  }

  /** @throws Errno EBADF, as do the next ones; they ENOTCAPABLE too, where one of the `needed` rights was dropped */
  get(fd: number): OpenDescriptor {
    const descriptor = this.#open.get(fd);
    if (descriptor === undefined) throw new Errno('EBADF');
    return descriptor;
  }

  file(fd: number, needed = 0): OpenFile {
    const descriptor = this.get(fd);
    if (descriptor.kind !== 'file') throw new Errno('EBADF');
    if ((descriptor.dropped & needed) !== 0) throw new Errno('ENOTCAPABLE');
    return descriptor;
  }

  /** @throws Errno ESPIPE for a stream */
  seekable(fd: number, needed: number): OpenFile {
    const descriptor = this.get(fd);
    if (descriptor.kind === 'input' || descriptor.kind === 'output') throw new Errno('ESPIPE');
    return this.file(fd, needed);
  }

  directory(fd: number, needed: number): OpenDirectory {
    const descriptor = this.get(fd);
    if (descriptor.kind !== 'directory') throw new Errno('EBADF');
    if ((descriptor.dropped & needed) !== 0) throw new Errno('ENOTCAPABLE');
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

/** @param preopenName in UTF-8; null for a directory that the guest has opened itself */
export function openDirectory(directory: DirectoryDescriptor, preopenName: Uint8Array | null): OpenDirectory {
  return { kind: 'directory', directory, preopenName, listing: null, dropped: 0, droppedInheriting: 0 };
}

function release(descriptor: OpenDescriptor): void {
  if (descriptor.kind === 'file') descriptor.file.close();
  else if (descriptor.kind === 'directory') descriptor.directory.close();
}
