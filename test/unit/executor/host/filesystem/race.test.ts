import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FilesystemError } from '../../../../../src/executor/host/filesystem/error.ts';
import type { DirectoryDescriptor } from '../../../../../src/executor/host/filesystem/directory.ts';
import { decodeUtf8 } from '../../../../../src/shared/text.ts';
import { scratchFolder } from '../scratch.ts';
import { openAt } from './folders.ts';

/** What a guest tries while another process swaps a directory and a symlink that leads out. */
const tries: ((directory: DirectoryDescriptor) => unknown)[] = [
  (directory) => readThrough(directory, 'swapped/file'),
  (directory) => readThrough(directory, 'swapped/../swapped/./file'),
  (directory) => directory.openAt('swapped/file', { write: true, truncate: true }).close(),
  (directory) => directory.openAt('swapped/fresh', { write: true, create: true }).close(),
  (directory) => directory.createDirectoryAt('swapped/made'),
  (directory) => directory.removeDirectoryAt('swapped/made'),
  (directory) => directory.unlinkFileAt('swapped/fresh'),
  (directory) => directory.symlinkAt('x', 'swapped/link'),
  (directory) => directory.unlinkFileAt('swapped/link'),
  (directory) => directory.renameAt('swapped/file', directory, 'swapped/moved'),
  (directory) => directory.renameAt('swapped/moved', directory, 'swapped/file'),
  (directory) => directory.statAt('swapped/only-outside', true),
];

function readThrough(directory: DirectoryDescriptor, path: string): string {
  const file = directory.openAt(path, { read: true, follow: true });
  assert.ok(file.kind === 'file');
  const bytes = new Uint8Array(100);
  const read = decodeUtf8(bytes.subarray(0, file.read(bytes, 0n)));
  file.close();
  return read;
}

describe('filesystem: against a process that swaps a directory and a symlink', () => {
  before(function () {
    // Elsewhere the weaker guarantee of PathFolder holds.
    if (process.platform !== 'linux') this.skip();
  });

  it('stays inside on every try', async () => {
    using scratch = scratchFolder();
    const { inside, outside } = scratch;
    mkdirSync(join(inside, 'folder'));
    writeFileSync(join(inside, 'folder/file'), 'inside');
    writeFileSync(join(outside, 'file'), 'outside');
    writeFileSync(join(outside, 'only-outside'), '');
    symlinkSync('../outside', join(inside, 'link'));
    const before = readdirSync(outside);

    const swapper = spawn(process.execPath, [join(import.meta.dirname, 'swapper.ts'), inside], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(swapper.stdout, 'data');
    const { filesystem, directory } = openAt(inside);
    let succeeded = 0;
    let refused = 0;
    try {
      for (let round = 0; round < 2000; round++) {
        for (const attempt of tries) {
          try {
            assert.notEqual(attempt(directory), 'outside');
            succeeded++;
          } catch (error) {
            if (!(error instanceof FilesystemError)) throw error;
            if (error.code === 'EPERM') refused++;
          }
        }
      }
    } finally {
      filesystem.close();
      swapper.kill('SIGKILL');
      await once(swapper, 'exit');
    }
    assert.deepEqual(readdirSync(outside), before);
    assert.equal(readFileSync(join(outside, 'file'), 'utf8'), 'outside');
    // Both sides of the swap were met, else nothing was tried.
    assert.ok(succeeded > 0, 'the directory was never met');
    assert.ok(refused > 0, 'the symlink was never met');
  });

  it('holds two runs in one folder apart from the rest, too', () => {
    using scratch = scratchFolder();
    const { inside, outside } = scratch;
    writeFileSync(join(outside, 'file'), 'outside');
    mkdirSync(join(inside, 'd'));
    const one = openAt(inside);
    const other = openAt(inside);
    const held = one.directory.openAt('d', { directory: true });
    assert.ok(held.kind === 'directory');
    other.directory.removeDirectoryAt('d');
    other.directory.symlinkAt('../outside', 'd');
    assert.throws(() => one.directory.openAt('d/file', {}), { code: 'EPERM' });
    assert.throws(() => held.openAt('file', {}), { code: 'ENOENT' });
    assert.throws(() => held.openAt('file', { create: true, write: true }), { code: 'ENOENT' });
    one.filesystem.close();
    other.filesystem.close();
    assert.equal(readFileSync(join(outside, 'file'), 'utf8'), 'outside');
  });
});
