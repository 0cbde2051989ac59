import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '../scratch.ts';
import type { Scratch } from '../scratch.ts';
import { GuestSide, result } from './guestSide.ts';

const create = 1;
const preopen = 3;

function guestIn(scratch: Scratch, writable = true): GuestSide {
  return new GuestSide({ preopens: [{ hostPath: scratch.inside, guestPath: '/dätä', writable }] });
}

describe('preview 1: preopens', () => {
  it('are named in UTF-8 and follow the streams', () => {
    using scratch = scratchFolder();
    using guest = guestIn(scratch);
    guest.ok('fd_prestat_get', preopen, result);
    assert.deepEqual([guest.u32(), guest.u32(result + 4)], [0, 7]);
    const [buffer] = guest.put(new Uint8Array(16));
    guest.expect('ENAMETOOLONG', 'fd_prestat_dir_name', preopen, buffer, 6);
    guest.ok('fd_prestat_dir_name', preopen, buffer, 8);
    assert.equal(guest.text(buffer, 7), '/dätä');
    guest.expect('EBADF', 'fd_prestat_get', preopen + 1, result);
    guest.expect('EBADF', 'fd_prestat_get', 1, result);
  });

  it('show the rights that wasmtime shows', () => {
    using scratch = scratchFolder();
    using guest = guestIn(scratch);
    guest.ok('fd_fdstat_get', preopen, result);
    assert.deepEqual(
      [guest.u64(), guest.u64(result + 8), guest.u64(result + 16)],
      [3n, 0x7b7fe00n, 0xff7ffffn],
    );
  });
});

describe('preview 1: files', () => {
  it('read, write and seek with a position of their own', () => {
    using scratch = scratchFolder();
    using guest = guestIn(scratch);
    const fd = guest.open('f', { oflags: create });
    guest.ok('fd_write', fd, ...guest.iovecs([0, 0], guest.put('hello'), guest.put('unused')), result);
    assert.equal(guest.u32(), 5);
    guest.ok('fd_tell', fd, result);
    assert.equal(guest.u64(), 5n);
    guest.ok('fd_pwrite', fd, ...guest.iovecs(guest.put('J')), 0n, result);
    guest.ok('fd_seek', fd, -4n, 1, result);
    assert.equal(guest.u64(), 1n);
    const [buffer] = guest.put(new Uint8Array(8));
    guest.ok('fd_read', fd, ...guest.iovecs([buffer, 8]), result);
    assert.equal(guest.text(buffer, guest.u32()), 'ello');
    guest.ok('fd_pread', fd, ...guest.iovecs([buffer, 8]), 0n, result);
    assert.equal(guest.text(buffer, guest.u32()), 'Jello');
    guest.expect('EINVAL', 'fd_seek', fd, -1n, 0, result);
    guest.expect('EINVAL', 'fd_seek', fd, 0n, 3, result);
    guest.ok('fd_seek', fd, 2n, 2, result);
    assert.equal(guest.u64(), 7n);
    assert.equal(readFileSync(join(scratch.inside, 'f'), 'utf8'), 'Jello');
  });

  it('append for as long as the flag is set', () => {
    using scratch = scratchFolder();
    writeFileSync(join(scratch.inside, 'f'), 'abc');
    using guest = guestIn(scratch);
    const fd = guest.open('f', { fdflags: 1 });
    guest.ok('fd_pwrite', fd, ...guest.iovecs(guest.put('d')), 0n, result);
    guest.ok('fd_write', fd, ...guest.iovecs(guest.put('e')), result);
    guest.ok('fd_tell', fd, result);
    assert.equal(guest.u64(), 5n);
    guest.ok('fd_fdstat_set_flags', fd, 0);
    guest.ok('fd_pwrite', fd, ...guest.iovecs(guest.put('A')), 0n, result);
    guest.expect('EINVAL', 'fd_fdstat_set_flags', fd, 2);
    guest.expect('ENOTSUP', 'path_open', preopen, 0, ...guest.put('f'), 0, 0n, 0n, 2, result);
    assert.equal(readFileSync(join(scratch.inside, 'f'), 'utf8'), 'Abcde');
  });

  it('lose rights that are given up, and never get them back', () => {
    using scratch = scratchFolder();
    using guest = guestIn(scratch);
    const fd = guest.open('f', { oflags: create });
    guest.ok('fd_fdstat_get', fd, result);
    const all = guest.u64(result + 8);
    const vector = guest.iovecs(guest.put('x'));
    guest.ok('fd_fdstat_set_rights', fd, all & ~64n, all & ~64n);
    guest.expect('ENOTCAPABLE', 'fd_write', fd, ...vector, result);
    guest.ok('fd_read', fd, ...vector, result);
    guest.expect('ENOTCAPABLE', 'fd_fdstat_set_rights', fd, all, all);
    guest.expect('EINVAL', 'fd_fdstat_set_rights', fd, 1n << 30n, 0n);
    guest.expect('EBADF', 'fd_fdstat_set_rights', 1, 0n, 0n);
  });

  it('have sizes, times and an identity', () => {
    using scratch = scratchFolder();
    using guest = guestIn(scratch);
    const fd = guest.open('f', { oflags: create });
    guest.ok('fd_filestat_set_size', fd, 100n);
    guest.ok('fd_filestat_set_times', fd, 5n, 7n, 1 | 4);
    guest.expect('EINVAL', 'fd_filestat_set_times', fd, 0n, 0n, 1 | 2);
    guest.expect('EINVAL', 'fd_filestat_set_times', fd, 0n, 0n, 16);
    guest.ok('fd_filestat_get', fd, result);
    const field = (offset: number) => guest.u64(result + offset);
    // device, type, links, size, access, modification
    assert.deepEqual([0, 16, 24, 32, 40, 48].map(field), [1n, 4n, 1n, 100n, 5n, 7n]);
    const inode = field(8);
    guest.ok('path_filestat_get', preopen, 0, ...guest.put('f'), result);
    assert.equal(field(8), inode);
    guest.ok('fd_sync', fd);
    guest.ok('fd_datasync', fd);
    guest.ok('fd_advise', fd, 0n, 0n, 5);
    guest.expect('EINVAL', 'fd_advise', fd, 0n, 0n, 6);
    guest.expect('ENOTSUP', 'fd_allocate', fd, 0n, 1n);
    guest.expect('EBADF', 'fd_sync', preopen);
  });

  it('get the number that was closed last', () => {
    using scratch = scratchFolder();
    using guest = guestIn(scratch);
    const [a, b] = [guest.open('a', { oflags: create }), guest.open('b', { oflags: create })];
    assert.deepEqual([a, b], [4, 5]);
    guest.ok('fd_close', b);
    guest.ok('fd_close', a);
    assert.deepEqual([guest.open('a'), guest.open('b'), guest.open('a')], [4, 5, 6]);
  });
});

describe('preview 1: paths', () => {
  it('make, rename, link and remove', () => {
    using scratch = scratchFolder();
    using guest = guestIn(scratch);
    const [d, f, g, l] = ['d', 'd/f', 'd/g', 'l'].map((path) => guest.put(path));
    guest.ok('path_create_directory', preopen, ...d!);
    guest.ok('fd_close', guest.open('d/f', { oflags: create }));
    guest.ok('path_rename', preopen, ...f!, preopen, ...g!);
    guest.ok('path_link', preopen, 0, ...g!, preopen, ...f!);
    guest.expect('EINVAL', 'path_link', preopen, 1, ...g!, preopen, ...l!);
    guest.ok('path_symlink', ...g!, preopen, ...l!);
    const [buffer] = guest.put(new Uint8Array(8));
    guest.ok('path_readlink', preopen, ...l!, buffer, 2, result);
    assert.equal(guest.text(buffer, guest.u32()), 'd/');
    guest.ok('path_filestat_set_times', preopen, 1, ...l!, 0n, 9n, 4);
    guest.ok('path_filestat_get', preopen, 0, ...g!, result);
    assert.equal(guest.u64(result + 48), 9n);
    guest.expect('ENOTEMPTY', 'path_remove_directory', preopen, ...d!);
    for (const path of [f!, g!, l!]) guest.ok('path_unlink_file', preopen, ...path);
    guest.ok('path_remove_directory', preopen, ...d!);
  });

  it('are refused as wasmtime refuses them', () => {
    using scratch = scratchFolder();
    writeFileSync(join(scratch.inside, 'f'), '');
    using guest = guestIn(scratch);
    const open = (fd: number, path: Uint8Array | string, lookup = 0, oflags = 0, rights = 0n, fdflags = 0) =>
      ['path_open', fd, lookup, ...guest.put(path), oflags, rights, 0n, fdflags, result] as const;
    guest.expect('EPERM', ...open(preopen, '../x'));
    guest.expect('EPERM', ...open(preopen, '/f'));
    guest.expect('ENOENT', ...open(preopen, 'missing'));
    guest.expect('ENOENT', ...open(preopen, ''));
    guest.expect('EINVAL', ...open(preopen, 'f\0'));
    guest.expect('EILSEQ', ...open(preopen, Uint8Array.of(0xff)));
    guest.expect('EINVAL', ...open(preopen, 'f', 2));
    guest.expect('EINVAL', ...open(preopen, 'f', 0, 16));
    guest.expect('EINVAL', ...open(preopen, 'f', 0, 0, 1n << 30n));
    guest.expect('EINVAL', ...open(preopen, 'f', 0, 0, 0n, 32));
    guest.expect('EINVAL', ...open(preopen, 'f', 0, create | 2));
    guest.expect('ENOTDIR', ...open(preopen, 'f', 0, 2));
    guest.expect('ENOTDIR', ...open(guest.open('f'), 'x'));
    guest.expect('EBADF', ...open(1, 'x'));
    guest.expect('EBADF', ...open(77, 'x'));
  });

  it('change nothing in a read-only preopen', () => {
    using scratch = scratchFolder();
    writeFileSync(join(scratch.inside, 'f'), 'kept');
    using guest = guestIn(scratch, false);
    guest.expect('EPERM', 'path_open', preopen, 0, ...guest.put('f'), 0, 64n, 0n, 0, result);
    guest.expect('EPERM', 'path_open', preopen, 0, ...guest.put('f'), 8, 0n, 0n, 0, result);
    guest.expect('EPERM', 'path_unlink_file', preopen, ...guest.put('f'));
    const fd = guest.open('f', { rights: 2n });
    guest.expect('EBADF', 'fd_write', fd, ...guest.iovecs(guest.put('x')), result);
    guest.expect('EPERM', 'fd_filestat_set_size', fd, 0n);
    assert.equal(readFileSync(join(scratch.inside, 'f'), 'utf8'), 'kept');
  });
});

describe('preview 1: fd_readdir', () => {
  /** All entries through a buffer of that size, as wasi-libc reads them. */
  function list(guest: GuestSide, size: number): { name: string; type: number; next: bigint }[] {
    const found = [];
    const [buffer] = guest.put(new Uint8Array(size));
    let cookie = 0n;
    for (;;) {
      guest.ok('fd_readdir', preopen, buffer, size, cookie, result);
      const used = guest.u32();
      let at = buffer;
      while (buffer + used - at >= 24 && buffer + used - at >= 24 + guest.u32(at + 16)) {
        const [next, length] = [guest.u64(at), guest.u32(at + 16)];
        found.push({ name: guest.text(at + 24, length), type: guest.view.getUint8(at + 20), next });
        cookie = next;
        at += 24 + length;
      }
      if (used < size) return found;
    }
  }

  for (const size of [64, 100, 4096]) {
    it(`lists everything once through ${size} bytes, dots first`, () => {
      using scratch = scratchFolder();
      mkdirSync(join(scratch.inside, 'dir'));
      const names = Array.from({ length: 30 }, (_, index) => `naïve-${index}`);
      for (const name of names) writeFileSync(join(scratch.inside, name), '');
      using guest = guestIn(scratch);
      const found = list(guest, size);
      assert.deepEqual(
        found.slice(0, 2).map(({ name, type }) => [name, type]),
        [
          ['.', 3],
          ['..', 3],
        ],
      );
      assert.deepEqual(
        found.map(({ next }) => Number(next)),
        found.map((_, index) => index + 1),
      );
      const rest = found.slice(2).map(({ name, type }) => `${name} ${type}`);
      assert.deepEqual(rest.sort(), ['dir 3', ...names.map((name) => `${name} 4`)].sort());
    });
  }

  it('skips nothing while what was read is removed', () => {
    using scratch = scratchFolder();
    for (let index = 0; index < 20; index++) writeFileSync(join(scratch.inside, `f${index}`), '');
    using guest = guestIn(scratch);
    const [buffer] = guest.put(new Uint8Array(64));
    const names: string[] = [];
    for (let cookie = 0n; ; cookie++) {
      guest.ok('fd_readdir', preopen, buffer, 64, cookie, result);
      if (guest.u32() === 0) break;
      const name = guest.text(buffer + 24, guest.u32(buffer + 16));
      names.push(name);
      if (name.startsWith('f')) guest.ok('path_unlink_file', preopen, ...guest.put(name));
    }
    assert.equal(names.length, 22);
    guest.ok('fd_readdir', preopen, buffer, 64, 0n, result);
    assert.equal(guest.u32(), 24 + 1 + 24 + 2);
  });
});
