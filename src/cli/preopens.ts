import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Preopen } from '../shared/runRequest.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';

/**
 * The folder of `--dir HOST[::GUEST]`, writable. Without a guest name the guest opens it by the name that was
 * given, as with wasmtime. The double colon leaves the single one to Windows' drives.
 *
 * @throws WorkbenchError `file-not-found` where the host has no such folder
 */
export function preopen(text: string): Preopen {
  const separator = text.lastIndexOf('::');
  const host = separator < 0 ? text : text.slice(0, separator);
  const guest = separator < 0 ? host.replaceAll('\\', '/') : text.slice(separator + 2);
  const hostPath = resolve(host);
  if (host === '' || guest === '' || !isFolder(hostPath)) {
    throw new WorkbenchError('file-not-found', `--dir ${text} names no folder.`, {
      cause: hostPath,
      hint: 'Write --dir HOST or --dir HOST::GUEST, with a folder that exists for HOST.',
    });
  }
  return { hostPath, guestPath: guest, writable: true };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
