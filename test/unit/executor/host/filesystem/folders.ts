import assert from 'node:assert/strict';
import { FilesystemError } from '../../../../../src/executor/host/filesystem/error.ts';
import type { FilesystemErrorCode } from '../../../../../src/executor/host/filesystem/error.ts';
import { openFilesystem } from '../../../../../src/executor/host/filesystem/filesystem.ts';
import type { Filesystem } from '../../../../../src/executor/host/filesystem/filesystem.ts';
import { openHostFolder } from '../../../../../src/executor/host/filesystem/openHostFolder.ts';
import { PathFolder } from '../../../../../src/executor/host/filesystem/pathFolder.ts';

/** This platform's way to hold a folder, and the one by paths, which runs everywhere but Linux. */
export const folderKinds = [
  { kind: 'this platform', open: openHostFolder },
  { kind: 'by paths', open: (path: string) => PathFolder.openHost(path) },
];

export function openAt(
  hostPath: string,
  open = openHostFolder,
  writable = true,
): { filesystem: Filesystem; directory: Filesystem['preopens'][number]['directory'] } {
  const filesystem = openFilesystem([{ hostPath, guestPath: '.', writable }], open);
  return { filesystem, directory: filesystem.preopens[0]!.directory };
}

export function assertRefused(call: () => unknown, ...codes: FilesystemErrorCode[]): void {
  assert.throws(call, (error: unknown) => {
    assert.ok(error instanceof FilesystemError, String(error));
    assert.ok(codes.length === 0 || codes.includes(error.code), `${error.code}, not ${codes.join(' or ')}`);
    return true;
  });
}
