import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContentCache } from '../../../src/compiler/contentCache.ts';

describe('ContentCache', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'cache-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const silent = () => undefined;
  const bytes = (n: number) => new Uint8Array(100).fill(n);

  it('gives back what was put, and tells tools and contents apart', async () => {
    const cache = new ContentCache(join(folder, 'new'), 1000, silent);
    const key = ContentCache.key('tool 1', bytes(1));
    assert.equal(await cache.get(key), null);
    const path = await cache.put(key, bytes(2));
    const hit = await cache.get(key);
    assert.deepEqual([hit?.path, hit && new Uint8Array(hit.bytes)], [path, bytes(2)]);
    assert.notEqual(ContentCache.key('tool 2', bytes(1)), key);
    assert.notEqual(ContentCache.key('tool 1', bytes(2)), key);
    assert.equal(await cache.get(ContentCache.key('tool 2', bytes(1))), null);
  });

  it('stays within its size: the least recently used goes first', async () => {
    const cache = new ContentCache(folder, 250, silent);
    for (const [key, age] of [
      ['a', 30],
      ['b', 20],
    ] as const) {
      const path = await cache.put(key, bytes(0));
      const when = new Date(Date.now() - age * 1000);
      await utimes(path!, when, when);
    }
    assert.notEqual(await cache.get('a'), null);
    await cache.put('c', bytes(0));
    assert.deepEqual((await readdir(folder)).sort(), ['a.wasm', 'c.wasm']);
  });

  it('keeps the newest even where it alone is beyond the size', async () => {
    const cache = new ContentCache(folder, 50, silent);
    await cache.put('a', bytes(0));
    await cache.put('b', bytes(0));
    assert.deepEqual(await readdir(folder), ['b.wasm']);
  });

  it('says so and goes on where nothing can be written', async () => {
    const blocked = join(folder, 'file');
    await writeFile(blocked, '');
    const log: string[] = [];
    const cache = new ContentCache(join(blocked, 'cache'), 1000, (line) => log.push(line));
    assert.equal(await cache.put('a', bytes(0)), null);
    assert.equal(await cache.get('a'), null);
    assert.match(log.join('\n'), /could not keep a file: Error: ENOTDIR|ENOENT|EEXIST/);
  });

  it('is empty once cleared, as often as one likes', async () => {
    const cache = new ContentCache(join(folder, 'c'), 1000, silent);
    await cache.put('a', bytes(0));
    await cache.clear();
    await cache.clear();
    assert.equal(await cache.get('a'), null);
  });

  it('goes on with a full disk, and leaves no half-written file on it', async function () {
    // A file system of its own, which Linux lets root make.
    const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', folder]);
    if (mount.status !== 0) return this.skip();
    try {
      const log: string[] = [];
      const cache = new ContentCache(folder, 1_000_000, (line) => log.push(line));
      assert.equal(await cache.put('a', new Uint8Array(100_000)), null);
      assert.match(log.join('\n'), /ENOSPC/);
      assert.deepEqual(await readdir(folder), []);
      assert.notEqual(await cache.put('b', bytes(0)), null);
    } finally {
      spawnSync('umount', [folder]);
    }
  });
});
