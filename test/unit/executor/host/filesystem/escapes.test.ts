import assert from 'node:assert/strict';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { DirectoryDescriptor } from '../../../../../src/executor/host/filesystem/directory.ts';
import { build, secret, waysOut } from '../escapeTree.ts';
import { scratchFolder } from '../scratch.ts';
import { assertRefused, folderKinds, openAt } from './folders.ts';

type Attempt = (directory: DirectoryDescriptor, path: string) => unknown;

const attempts: Record<string, Attempt> = {
  'open to read': (directory, path) => directory.openAt(path, { follow: true, read: true }),
  'open to write': (directory, path) => directory.openAt(path, { follow: true, write: true }),
  'open to truncate': (directory, path) =>
    directory.openAt(path, { follow: true, write: true, truncate: true }),
  'open or create': (directory, path) => directory.openAt(path, { follow: true, write: true, create: true }),
  'look at': (directory, path) => directory.statAt(path, true),
  'set times of': (directory, path) => directory.setTimesAt(path, true, 0n, 0n),
};

describe('filesystem: what leads out of a preopen', () => {
  for (const { kind, open } of folderKinds) {
    describe(kind, () => {
      for (const [what, attempt] of Object.entries(attempts)) {
        it(`refuses to ${what}`, () => {
          using scratch = scratchFolder();
          build(scratch);
          const { filesystem, directory } = openAt(scratch.inside, open);
          for (const path of waysOut(scratch)) assertRefused(() => attempt(directory, path), 'EPERM');
          filesystem.close();
          assert.equal(readFileSync(join(scratch.outside, 'secret'), 'utf8'), secret);
        });
      }

      it('makes, removes, renames and links nothing outside', () => {
        using scratch = scratchFolder();
        build(scratch);
        const { filesystem, directory } = openAt(scratch.inside, open);
        for (const parent of [
          '..',
          '../outside',
          'up/outside',
          'deep/up2/outside',
          'abs',
          'chain',
          scratch.outside,
        ]) {
          const [fresh, old] = [`${parent}/fresh`, `${parent}/secret`];
          assertRefused(() => directory.openAt(fresh, { create: true, write: true }), 'EPERM');
          assertRefused(() => directory.createDirectoryAt(fresh), 'EPERM');
          assertRefused(() => directory.symlinkAt('x', fresh), 'EPERM');
          assertRefused(() => directory.linkAt('file', directory, fresh), 'EPERM');
          assertRefused(() => directory.linkAt(old, directory, 'stolen'), 'EPERM');
          assertRefused(() => directory.renameAt('file', directory, fresh), 'EPERM');
          assertRefused(() => directory.renameAt(old, directory, 'stolen'), 'EPERM');
          assertRefused(() => directory.unlinkFileAt(old), 'EPERM');
          assertRefused(() => directory.removeDirectoryAt(parent), 'EPERM', 'ENOTDIR', 'EINVAL');
          assertRefused(() => directory.readlinkAt(old), 'EPERM');
        }
        filesystem.close();
        assert.deepEqual(readdirSync(scratch.outside), ['secret']);
        assert.equal(existsSync(join(scratch.inside, 'stolen')), false);
      });

      it('follows no symlink that the guest made or moved', () => {
        using scratch = scratchFolder();
        build(scratch);
        const { filesystem, directory } = openAt(scratch.inside, open);
        assertRefused(() => directory.symlinkAt(scratch.outside, 'mine'), 'EPERM');
        directory.symlinkAt('../outside', 'mine');
        assertRefused(() => directory.openAt('mine/secret', { follow: true }), 'EPERM');
        // Leads to inside/x from where it is made, and out from where it is moved to.
        directory.symlinkAt('../x', 'deep/link');
        directory.renameAt('deep/link', directory, 'link');
        assertRefused(() => directory.openAt('link', { follow: true, create: true, write: true }), 'EPERM');
        // A hard link to a symlink is that symlink.
        directory.linkAt('toSecretRelative', directory, 'hard');
        assertRefused(() => directory.openAt('hard', { follow: true }), 'EPERM');
        filesystem.close();
      });

      it('goes no further up through a directory that was moved', () => {
        using scratch = scratchFolder();
        build(scratch);
        const { filesystem, directory } = openAt(scratch.inside, open);
        const nested = directory.openAt('deep/nested', { directory: true });
        assert.ok(nested.kind === 'directory');
        directory.renameAt('deep/nested', directory, 'nested');
        assertRefused(() => nested.openAt('../outside/secret', {}), 'EPERM');
        assertRefused(() => nested.openAt('../../outside/secret', {}), 'EPERM');
        filesystem.close();
      });

      it('lets a descriptor of a folder inside reach no further than that folder', () => {
        using scratch = scratchFolder();
        build(scratch);
        const { filesystem, directory } = openAt(scratch.inside, open);
        const deep = directory.openAt('deep', { directory: true });
        assert.ok(deep.kind === 'directory');
        assertRefused(() => deep.openAt('../file', {}), 'EPERM');
        assertRefused(() => deep.openAt('up2/inside/file', {}), 'EPERM');
        filesystem.close();
      });

      it('tells of no place outside', () => {
        using scratch = scratchFolder();
        build(scratch);
        const { filesystem, directory } = openAt(scratch.inside, open);
        assertRefused(() => directory.readlinkAt('abs'), 'EPERM');
        assertRefused(() => directory.readlinkAt('toSecret'), 'EPERM');
        assert.equal(directory.readlinkAt('up'), '..');
        // Whether something is there must not show: the same answer for what exists and what doesn't.
        assertRefused(() => directory.statAt('../outside/secret', true), 'EPERM');
        assertRefused(() => directory.statAt('../outside/nothing', true), 'EPERM');
        const shown = directory.entries().map(({ name }) => name);
        assert.equal(shown.includes('..'), false);
        filesystem.close();
      });

      it('gives no way round by trailing slashes and dots', () => {
        using scratch = scratchFolder();
        build(scratch);
        const { filesystem, directory } = openAt(scratch.inside, open);
        for (const path of ['up/', 'up/.', 'up/..', 'abs/', 'chain/.', '..', '../', '../.', 'deep/../..'])
          assertRefused(() => directory.openAt(path, { directory: true }), 'EPERM');
        filesystem.close();
      });

      it('gives no way round by other spellings: case, Unicode, dots and spaces that some systems drop', () => {
        using scratch = scratchFolder();
        build(scratch);
        symlinkSync('../outside', join(scratch.inside, 'caf\u00e9'));
        const { filesystem, directory } = openAt(scratch.inside, open);
        const spellings = [
          ...waysOut(scratch).flatMap((path) => [path.toUpperCase(), path.toLowerCase()]),
          ...['UP', 'Up', 'up.', 'up ', 'up::$DATA', 'u\u0070'].map((link) => `${link}/outside/secret`),
          ...['.. ', '..\u200b', '\uff0e\uff0e', '..;', '%2e%2e', '..\\'].map((up) => `${up}/outside/secret`),
          ...['cafe\u0301', 'CAF\u00c9', 'caf\u00e9', 'caf\u00e9.'].map((link) => `${link}/secret`),
          ...['..\\outside\\secret', 'up\\outside\\secret', 'C:\\Windows\\win.ini', 'abs:secret'],
        ];
        for (const path of spellings) {
          // What a system takes for a name inside is missing there; what it takes for a way out is refused.
          for (const follow of [true, false]) {
            assertRefused(
              () => directory.openAt(path, { follow, read: true }),
              'EPERM',
              'ENOENT',
              'ELOOP',
              'EINVAL',
            );
          }
          assertRefused(() => directory.unlinkFileAt(`${path}/secret`));
        }
        filesystem.close();
        assert.equal(readFileSync(join(scratch.outside, 'secret'), 'utf8'), secret);
        assert.deepEqual(readdirSync(scratch.outside), ['secret']);
      });

      it('changes nothing in a preopen that is read-only', () => {
        using scratch = scratchFolder();
        build(scratch);
        const { filesystem, directory } = openAt(scratch.inside, open, false);
        const listed = () => ['', 'deep'].map((name) => readdirSync(join(scratch.inside, name)));
        const before = listed();
        const changes: (() => unknown)[] = [
          () => directory.openAt('file', { write: true }),
          () => directory.openAt('file', { truncate: true }),
          () => directory.openAt('fresh', { create: true }),
          () => directory.createDirectoryAt('fresh'),
          () => directory.removeDirectoryAt('deep/nested'),
          () => directory.unlinkFileAt('file'),
          () => directory.renameAt('file', directory, 'fresh'),
          () => directory.linkAt('file', directory, 'fresh'),
          () => directory.symlinkAt('file', 'fresh'),
          () => directory.setTimes(0n, 0n),
          () => directory.setTimesAt('file', true, 0n, 0n),
        ];
        for (const change of changes) assertRefused(change, 'EPERM');
        const file = directory.openAt('file', { read: true });
        assert.ok(file.kind === 'file');
        assertRefused(() => file.write(new Uint8Array(1), 0n), 'EBADF');
        assertRefused(() => file.setSize(0n), 'EPERM');
        assertRefused(() => file.setTimes(0n, 0n), 'EPERM');
        const deep = directory.openAt('deep', { directory: true, mutateDirectory: true });
        assert.ok(deep.kind === 'directory');
        assertRefused(() => deep.createDirectoryAt('fresh'), 'EPERM');
        filesystem.close();
        assert.deepEqual(listed(), before);
        assert.equal(readFileSync(join(scratch.inside, 'file'), 'utf8'), 'mine');
      });

      it('moves nothing between a read-only preopen and a writable one', () => {
        using scratch = scratchFolder();
        build(scratch);
        mkdirSync(join(scratch.outside, 'writable'));
        const readOnly = openAt(scratch.inside, open, false);
        const writable = openAt(join(scratch.outside, 'writable'), open);
        assertRefused(() => readOnly.directory.linkAt('file', writable.directory, 'link'), 'EPERM');
        assertRefused(() => readOnly.directory.renameAt('file', writable.directory, 'file'), 'EPERM');
        linkSync(join(scratch.inside, 'file'), join(scratch.outside, 'writable/file'));
        assertRefused(() => writable.directory.renameAt('file', readOnly.directory, 'other'), 'EPERM');
        readOnly.filesystem.close();
        writable.filesystem.close();
      });
    });
  }
});
