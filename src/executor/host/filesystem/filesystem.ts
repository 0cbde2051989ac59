import type { Preopen } from '../../../shared/runRequest.ts';
import { WorkbenchError } from '../../../shared/workbenchError.ts';
import { DirectoryDescriptor } from './directory.ts';
import type { Shared } from './directory.ts';
import { FilesystemError } from './error.ts';
import type { Folder } from './folder.ts';
import { openHostFolder } from './openHostFolder.ts';
import { Times } from './times.ts';

/** The preopens of one run, and everything that the guest opens through them. */
export interface Filesystem {
  readonly preopens: readonly { readonly guestPath: string; readonly directory: DirectoryDescriptor }[];
  /** Closes what is still open. For the run's end. */
  close(): void;
}

/** @throws WorkbenchError `file-not-found` where a preopen's folder can't be opened */
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
      return {
        guestPath,
        directory: new DirectoryDescriptor(openPreopen(hostPath, openFolder), rights, shared),
      };
    });
    return { preopens: opened, close };
  } catch (error) {
    close();
    throw error;
  }
}

function openPreopen(hostPath: string, openFolder: (hostPath: string) => Folder): Folder {
  try {
    return openFolder(hostPath);
  } catch (error) {
    throw new WorkbenchError('file-not-found', `The folder ${hostPath} can't be opened for the program.`, {
      cause: error instanceof FilesystemError ? error.code : null,
      hint: 'Name a folder that exists and that you may read.',
      error,
    });
  }
}
