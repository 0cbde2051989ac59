import assert from 'node:assert/strict';
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asErrorValue } from '../../../../../src/shared/workbenchError.ts';
import { encodeUtf8 } from '../../../../../src/shared/text.ts';
import { openHostFolder } from '../../../../../src/executor/host/filesystem/openHostFolder.ts';
import { scratchFolder } from '../scratch.ts';
import { assertRefused, folderKinds, openAt } from './folders.ts';

for (const { kind, open } of folderKinds) {
  describe(`filesystem: operations, ${kind}`, () => {
    it('creates, writes, reads at offsets, appends, truncates and sizes a file', () => {
      using scratch = scratchFolder();
      const { filesystem, directory } = openAt(scratch.inside, open);
      const file = directory.openAt('ä b', { create: true, write: true, read: true });
      assert.ok(file.kind === 'file');
      assert.equal(file.write(encodeUtf8('hello'), 2n), 5);
      assert.equal(file.append(encodeUtf8('!')), 1);
      const bytes = new Uint8Array(4);
      assert.equal(file.read(bytes, 4n), 4);
      assert.deepEqual(bytes, encodeUtf8('llo!'));
      assert.equal(file.read(bytes, 100n), 0);
      assert.equal(file.stat().size, 8n);
      file.setSize(3n);
      file.sync();
      file.syncData();
      file.close();
      assert.equal(readFileSync(join(scratch.inside, 'ä b'), 'utf8'), '\0\0h');
      directory.openAt('ä b', { truncate: true, write: true });
      assert.equal(directory.statAt('ä b', false).size, 0n);
      assertRefused(() => directory.openAt('ä b', { create: true, exclusive: true }), 'EEXIST');
      filesystem.close();
    });

    it('keeps to what a file was opened for', () => {
      using scratch = scratchFolder();
      writeFileSync(join(scratch.inside, 'f'), 'x');
      const { filesystem, directory } = openAt(scratch.inside, open);
      const [reader, writer] = [
        directory.openAt('f', { read: true }),
        directory.openAt('f', { write: true }),
      ];
      assert.ok(reader.kind === 'file' && writer.kind === 'file');
      assertRefused(() => reader.write(new Uint8Array(1), 0n), 'EBADF');
      assertRefused(() => writer.read(new Uint8Array(1), 0n), 'EBADF');
      assertRefused(() => writer.write(new Uint8Array(1), 2n ** 60n), 'EFBIG');
      assertRefused(() => writer.write(new Uint8Array(1), 2n ** 63n), 'EINVAL');
      assertRefused(() => reader.read(new Uint8Array(1), 2n ** 63n), 'EINVAL');
      assert.equal(reader.read(new Uint8Array(1), 2n ** 60n), 0);
      filesystem.close();
    });

    it('tells directories, files and symlinks apart, at the end of a path and before it', () => {
      using scratch = scratchFolder();
      mkdirSync(join(scratch.inside, 'd'));
      writeFileSync(join(scratch.inside, 'd/f'), 'x');
      symlinkSync('d', join(scratch.inside, 'toDirectory'));
      symlinkSync('d/f', join(scratch.inside, 'toFile'));
      const { filesystem, directory } = openAt(scratch.inside, open);
      assert.equal(directory.statAt('toFile', false).type, 'symbolic-link');
      assert.equal(directory.statAt('toFile', true).type, 'regular-file');
      assert.equal(directory.statAt('toDirectory/', true).type, 'directory');
      assert.equal(directory.statAt('toDirectory/f', false).type, 'regular-file');
      assert.equal(directory.statAt('.', false).type, 'directory');
      assert.equal(directory.statAt('d/..', false).type, 'directory');
      assertRefused(() => directory.openAt('d/f/', {}), 'ENOTDIR');
      assertRefused(() => directory.openAt('d/f/x', {}), 'ENOTDIR');
      assertRefused(() => directory.openAt('d/f/..', {}), 'ENOTDIR');
      assertRefused(() => directory.openAt('toFile', {}), 'ELOOP');
      assertRefused(() => directory.openAt('d/f', { directory: true }), 'ENOTDIR');
      assertRefused(() => directory.openAt('d', { write: true }), 'EISDIR');
      assertRefused(() => directory.openAt('d/f/', { truncate: true }), 'ENOTDIR');
      assertRefused(() => directory.openAt('d/', { truncate: true }), 'EISDIR');
      assertRefused(() => directory.openAt('fresh/', { create: true, write: true }), 'EISDIR');
      assertRefused(() => directory.openAt('fresh/.', { create: true, write: true }), 'ENOENT');
      assertRefused(() => directory.openAt('d/f/.', {}), 'ENOTDIR');
      assert.equal(directory.statAt('d/f', false).size, 1n);
      assert.deepEqual(directory.entries().length, 3);
      assertRefused(() => directory.openAt('', {}), 'ENOENT');
      assertRefused(() => directory.openAt('f\0', {}), 'EINVAL');
      filesystem.close();
    });

    it('gives up on symlinks that go round', () => {
      using scratch = scratchFolder();
      symlinkSync('b', join(scratch.inside, 'a'));
      symlinkSync('a', join(scratch.inside, 'b'));
      const { filesystem, directory } = openAt(scratch.inside, open);
      assertRefused(() => directory.openAt('a', { follow: true }), 'ELOOP');
      assertRefused(() => directory.openAt('a/x', {}), 'ELOOP');
      filesystem.close();
    });

    it('makes, lists, renames and removes', () => {
      using scratch = scratchFolder();
      const { filesystem, directory } = openAt(scratch.inside, open);
      directory.createDirectoryAt('d/');
      assertRefused(() => directory.createDirectoryAt('d'), 'EEXIST');
      directory.openAt('d/f', { create: true, write: true }).close();
      directory.symlinkAt('f', 'd/l');
      assert.equal(directory.readlinkAt('d/l'), 'f');
      assertRefused(() => directory.readlinkAt('d/f'), 'EINVAL');
      directory.linkAt('d/f', directory, 'hard');
      assert.equal(directory.statAt('hard', false).links, 2n);
      assert.deepEqual(directory.statAt('hard', false).identity, directory.statAt('d/f', false).identity);
      assertRefused(() => directory.linkAt('d', directory, 'no'), 'EPERM');
      assertRefused(() => directory.linkAt('hard', directory, 'd'), 'EEXIST');

      const nested = directory.openAt('d', { directory: true });
      assert.ok(nested.kind === 'directory');
      const listed = nested.entries().map(({ name, type }) => `${name} ${type}`);
      assert.deepEqual(listed.sort(), ['f regular-file', 'l symbolic-link']);

      assertRefused(() => directory.removeDirectoryAt('d'), 'ENOTEMPTY');
      assertRefused(() => directory.unlinkFileAt('d'), 'EISDIR');
      assertRefused(() => directory.unlinkFileAt('hard/'), 'ENOTDIR');
      assertRefused(() => directory.removeDirectoryAt('hard'), 'ENOTDIR');
      directory.unlinkFileAt('d/l');
      nested.renameAt('f', directory, 'moved');
      directory.removeDirectoryAt('d/');
      assertRefused(() => directory.renameAt('moved/', directory, 'x'), 'ENOTDIR');
      assertRefused(() => directory.renameAt('.', directory, 'x'), 'EBUSY');
      assertRefused(() => directory.removeDirectoryAt('.'), 'EINVAL');
      assertRefused(() => directory.symlinkAt('x', 'moved/'), 'ENOTDIR');
      assertRefused(() => directory.symlinkAt('x', 'fresh/'), 'ENOENT');
      assert.equal(existsSync(join(scratch.inside, 'd')), false);
      filesystem.close();
    });

    it('gives back times to the nanosecond, each by itself', () => {
      using scratch = scratchFolder();
      writeFileSync(join(scratch.inside, 'f'), '');
      symlinkSync('f', join(scratch.inside, 'l'));
      const { filesystem, directory } = openAt(scratch.inside, open);
      const before = directory.statAt('f', false);
      directory.setTimesAt('l', true, 'keep', 1_234_567_890_123_456_789n);
      const after = directory.statAt('f', false);
      assert.equal(after.modified, 1_234_567_890_123_456_789n);
      assert.equal(after.accessed, before.accessed);
      directory.setTimesAt('l', false, 1n, 'keep');
      assert.equal(directory.statAt('l', false).accessed, 1n);
      assert.equal(directory.statAt('f', false).modified, 1_234_567_890_123_456_789n);
      // What the host keeps is within a microsecond of it.
      assert.equal(Math.trunc(lstatSync(join(scratch.inside, 'f')).mtimeMs), 1_234_567_890_123);
      // A change by others is seen.
      writeFileSync(join(scratch.inside, 'f'), 'changed');
      assert.ok(directory.statAt('f', false).modified > before.modified);
      filesystem.close();
    });

    it('closes what the guest left open', function () {
      if (process.platform !== 'linux') this.skip();
      using scratch = scratchFolder();
      writeFileSync(join(scratch.inside, 'f'), '');
      const { filesystem, directory } = openAt(scratch.inside, open);
      const file = directory.openAt('f', {});
      const folder = directory.openAt('.', { directory: true });
      assert.ok(file.kind === 'file' && folder.kind === 'directory');
      filesystem.close();
      assertRefused(() => file.stat(), 'EBADF');
      assertRefused(() => file.read(new Uint8Array(1), 0n), 'EBADF');
      if (open !== openHostFolder) return;
      assertRefused(() => folder.statAt('f', false), 'EBADF');
      assertRefused(() => directory.openAt('f', {}), 'EBADF');
    });
  });
}

describe('filesystem: preopens', () => {
  it('names the folder that is not there', () => {
    using scratch = scratchFolder();
    const missing = join(scratch.inside, 'missing');
    assert.throws(
      () => openAt(missing),
      (error) => {
        const { code, cause, message } = asErrorValue(error);
        assert.deepEqual([code, cause], ['file-not-found', 'ENOENT']);
        return message.includes(missing);
      },
    );
  });
});
