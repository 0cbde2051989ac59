import type { Preopen } from '../../../shared/runRequest.ts';
import { DirectoryDescriptor } from './directory.ts';
import type { Shared } from './directory.ts';
import { openHostFolder } from './folder.ts';
import type { Folder } from './folder.ts';
import { Times } from './times.ts';

/** The preopens of one run, and everything that the guest opens through them. */
export interface Filesystem {
  readonly preopens: readonly { readonly guestPath: string; readonly directory: DirectoryDescriptor }[];
  /** Closes what is still open. For the run's end. */
  close(): void;
}

/** @throws FilesystemError ENOENT, ENOTDIR, EACCES where a preopen's folder can't be opened */
export function openFilesystem(
  preopens: readonly Preopen[],
  openFolder: (hostPath: string) => Folder = openHostFolder,
): Filesystem {
  const shared: Shared = { times: new Times(), open: new Set() };
  const close = () => {
    for (const descriptor of [...shared.open]) descriptor.close();
  };
  try {
    const opened = preopens.map(({ hostPath, guestPath, writable }) => {
      const rights = { read: true, write: writable, mutable: writable };
      return { guestPath, directory: new DirectoryDescriptor(openFolder(hostPath), rights, shared) };
    });
    return { preopens: opened, close };
  } catch (error) {
    close();
    throw error;
  }
}
