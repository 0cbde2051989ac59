import type { Clocks } from '../clocks.ts';
import type { Filesystem } from '../filesystem/filesystem.ts';
import { FilesystemError } from '../filesystem/error.ts';
import { Descriptor, DirectoryEntryStream } from './descriptor.ts';
import { errorCode } from './filesystemErrors.ts';
import type { IoError } from './ioError.ts';

/** `wasi:filesystem/types`. */
export const filesystemTypes = {
  Descriptor,
  DirectoryEntryStream,
  filesystemErrorCode: ({ cause }: IoError) =>
    cause instanceof FilesystemError ? errorCode(cause) : undefined,
};

/** `wasi:filesystem/preopens`. */
export function preopens(filesystem: Filesystem, clocks: Clocks): Record<string, unknown> {
  return {
    getDirectories: () =>
      filesystem.preopens.map(({ directory, guestPath }) => [
        new Descriptor(directory, clocks, true),
        guestPath,
      ]),
  };
}
