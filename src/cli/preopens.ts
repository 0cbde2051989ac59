import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Preopen } from '../shared/runRequest.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';

/** The options that give a folder, and whether the program may change what is in it. */
const options = { '--dir': true, '--read-dir': false } as const;

/**
 * The folder of `--dir HOST[::GUEST]`, or of `--read-dir`, which can't be changed. Without a guest name the guest opens
 * it by the name that was given, as with wasmtime. The double colon leaves the single one to Windows' drives.
 *
 * @throws WorkbenchError `file-not-found` where the host has no such folder
 */
export function preopen(text: string, option: keyof typeof options = '--dir'): Preopen {
  const separator = text.lastIndexOf('::');
  const host = separator < 0 ? text : text.slice(0, separator);
  const guest = separator < 0 ? host.replaceAll('\\', '/') : text.slice(separator + 2);
  const hostPath = resolve(host);
  if (host === '' || guest === '' || !isFolder(hostPath)) {
    throw new WorkbenchError('file-not-found', `${option} ${text} names no folder.`, {
      cause: hostPath,
      hint: `Write ${option} HOST or ${option} HOST::GUEST, with a folder that exists for HOST.`,
    });
  }
  return { hostPath, guestPath: guest, writable: options[option] };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
