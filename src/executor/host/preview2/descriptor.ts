import type * as Types from '@bytecodealliance/preview2-shim/interfaces/wasi-filesystem-types';
import type { Clocks } from '../clocks.ts';
import { DirectoryDescriptor } from '../filesystem/directory.ts';
import type { FileDescriptor } from '../filesystem/file.ts';
import type { DirectoryEntry, NewTime, Stat } from '../filesystem/types.ts';
import { datetime, fromDatetime } from './clocks.ts';
import { fileSink, fileSource, SharedFile } from './fileStreams.ts';
import { answered, fail } from './filesystemErrors.ts';
import { readBuffer } from './readBuffer.ts';
import { InputStream, OutputStream } from './streams.ts';

/** The entries of a directory as they were when it was opened for listing. */
export class DirectoryEntryStream implements Types.DirectoryEntryStream {
  readonly #entries: Iterator<DirectoryEntry>;

  constructor(entries: readonly DirectoryEntry[]) {
    this.#entries = entries.values();
  }

  readDirectoryEntry(): Types.DirectoryEntry | undefined {
    const next = this.#entries.next();
    return next.done === true ? undefined : { type: next.value.type, name: next.value.name };
  }
}

function statAnswer(stat: Stat): Types.DescriptorStat {
  return {
    type: stat.type,
    linkCount: stat.links,
    size: stat.size,
    dataAccessTimestamp: datetime(stat.accessed),
    dataModificationTimestamp: datetime(stat.modified),
    statusChangeTimestamp: datetime(stat.changed),
  };
}

function newTime(time: Types.NewTimestamp): NewTime {
  if (time.tag === 'timestamp') return fromDatetime(time.val);
  return time.tag === 'now' ? 'now' : 'keep';
}

/** `wasi:filesystem/types.descriptor`: an open file or directory. Where errors differ from POSIX, they are wasmtime's. */
export class Descriptor implements Types.Descriptor {
  readonly #clocks: Clocks;
  readonly #open: SharedFile | DirectoryDescriptor;
  /** Preopens stay open, however many descriptors of them are dropped. */
  readonly #isPreopen: boolean;

  constructor(open: FileDescriptor | DirectoryDescriptor, clocks: Clocks, isPreopen = false) {
    this.#open = open.kind === 'file' ? new SharedFile(open) : open;
    this.#clocks = clocks;
    this.#isPreopen = isPreopen;
  }

  readViaStream(offset: bigint): InputStream {
    return new InputStream(fileSource(this.#shared().share(), offset), this.#clocks);
  }

  writeViaStream(offset: bigint): OutputStream {
    return this.#writer(offset);
  }

  appendViaStream(): OutputStream {
    return this.#writer(null);
  }

  /** Advice is taken note of by no one. */
  advise(): void {
    this.#file();
  }

  syncData(): void {
    const open = this.#opened();
    answered(() => (open.kind === 'file' ? open.syncData() : open.sync()));
  }

  sync(): void {
    answered(() => this.#opened().sync());
  }

  getFlags(): Types.DescriptorFlags {
    const { kind, rights } = this.#opened();
    return kind === 'file'
      ? { read: rights.read, write: rights.write }
      : { read: rights.read, mutateDirectory: rights.write };
  }

  getType(): Types.DescriptorType {
    return answered(() => this.#opened().stat().type);
  }

  setSize(size: bigint): void {
    answered(() => this.#file().setSize(size));
  }

  setTimes(accessed: Types.NewTimestamp, modified: Types.NewTimestamp): void {
    answered(() => this.#opened().setTimes(newTime(accessed), newTime(modified)));
  }

  read(length: bigint, offset: bigint): [Uint8Array, boolean] {
    return answered(() => {
      const file = this.#file();
      const bytes = readBuffer(file, offset, Number(length));
      const count = file.read(bytes, offset);
      return [bytes.subarray(0, count), count === 0];
    });
  }

  write(bytes: Uint8Array, offset: bigint): bigint {
    const file = this.#file();
    if (!file.rights.mutable) fail('not-permitted');
    return answered(() => BigInt(file.write(bytes, offset)));
  }

  readDirectory(): DirectoryEntryStream {
    return new DirectoryEntryStream(answered(() => this.#directory().entries()));
  }

  createDirectoryAt(path: string): void {
    answered(() => this.#directory().createDirectoryAt(path));
  }

  stat(): Types.DescriptorStat {
    return statAnswer(answered(() => this.#opened().stat()));
  }

  statAt(flags: Types.PathFlags, path: string): Types.DescriptorStat {
    return statAnswer(answered(() => this.#directory().statAt(path, flags.symlinkFollow ?? false)));
  }

  setTimesAt(
    flags: Types.PathFlags,
    path: string,
    accessed: Types.NewTimestamp,
    modified: Types.NewTimestamp,
  ): void {
    const follow = flags.symlinkFollow ?? false;
    answered(() => this.#directory().setTimesAt(path, follow, newTime(accessed), newTime(modified)));
  }

  linkAt(flags: Types.PathFlags, oldPath: string, to: Descriptor, newPath: string): void {
    const from = this.#directory();
    if (flags.symlinkFollow === true) fail('invalid');
    answered(() => from.linkAt(oldPath, to.#directory(), newPath));
  }

  openAt(
    flags: Types.PathFlags,
    path: string,
    open: Types.OpenFlags,
    access: Types.DescriptorFlags,
  ): Descriptor {
    const directory = this.#directory();
    // Refused as by wasmtime, which has no way to ask for them either.
    if (access.fileIntegritySync || access.dataIntegritySync || access.requestedWriteSync)
      fail('unsupported');
    const opened = answered(() =>
      directory.openAt(path, {
        follow: flags.symlinkFollow ?? false,
        create: open.create ?? false,
        directory: open.directory ?? false,
        exclusive: open.exclusive ?? false,
        truncate: open.truncate ?? false,
        read: access.read ?? false,
        write: access.write ?? false,
        mutateDirectory: access.mutateDirectory ?? false,
      }),
    );
    return new Descriptor(opened, this.#clocks);
  }

  readlinkAt(path: string): string {
    return answered(() => this.#directory().readlinkAt(path));
  }

  removeDirectoryAt(path: string): void {
    answered(() => this.#directory().removeDirectoryAt(path));
  }

  renameAt(oldPath: string, to: Descriptor, newPath: string): void {
    answered(() => this.#directory().renameAt(oldPath, to.#directory(), newPath));
  }

  symlinkAt(target: string, path: string): void {
    answered(() => this.#directory().symlinkAt(target, path));
  }

  unlinkFileAt(path: string): void {
    answered(() => this.#directory().unlinkFileAt(path));
  }

  isSameObject(other: Descriptor): boolean {
    const mine = this.#opened().stat().identity;
    const theirs = other.#opened().stat().identity;
    return mine.lower === theirs.lower && mine.upper === theirs.upper;
  }

  metadataHash(): Types.MetadataHashValue {
    return answered(() => this.#opened().stat().identity);
  }

  metadataHashAt(flags: Types.PathFlags, path: string): Types.MetadataHashValue {
    return answered(() => this.#directory().statAt(path, flags.symlinkFollow ?? false).identity);
  }

  [Symbol.dispose](): void {
    if (this.#open instanceof SharedFile) this.#open.release();
    else if (!this.#isPreopen) this.#open.close();
  }

  #opened(): FileDescriptor | DirectoryDescriptor {
    return this.#open instanceof SharedFile ? this.#open.file : this.#open;
  }

  #shared(): SharedFile {
    return this.#open instanceof SharedFile ? this.#open : fail('bad-descriptor');
  }

  #file(): FileDescriptor {
    return this.#shared().file;
  }

  #directory(): DirectoryDescriptor {
    return this.#open instanceof SharedFile ? fail('not-directory') : this.#open;
  }

  #writer(position: bigint | null): OutputStream {
    const shared = this.#shared();
    if (!shared.file.rights.mutable) fail('bad-descriptor');
    return new OutputStream(fileSink(shared.share(), position), this.#clocks);
  }
}
