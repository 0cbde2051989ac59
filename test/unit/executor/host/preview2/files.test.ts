import assert from 'node:assert/strict';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Descriptor } from '../../../../../src/executor/host/preview2/descriptor.ts';
import { scratchFolder, type Scratch } from '../scratch.ts';
import { answer, testHost } from './testHost.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const bytes = (string: string): Uint8Array => new Uint8Array(Buffer.from(string));
const isTrap = (error: unknown): boolean => error instanceof WebAssembly.RuntimeError;

/** A folder of its own, open as the only preopen. */
function opened(writable = true): { scratch: Scratch; folder: Descriptor } & Disposable {
  const scratch = scratchFolder();
  const host = testHost({ preopens: [{ hostPath: scratch.inside, guestPath: '/data', writable }] });
  const [[folder, name]] = host.call('wasi:filesystem/preopens', 'getDirectories') as [[Descriptor, string]];
  assert.equal(name, '/data');
  return {
    scratch,
    folder,
    [Symbol.dispose]() {
      host[Symbol.dispose]();
      scratch[Symbol.dispose]();
    },
  };
}

const readWrite = { read: true, write: true };
const create = (folder: Descriptor, name: string): Descriptor =>
  folder.openAt({}, name, { create: true }, readWrite);

describe('host: preview 2 files', () => {
  it('reads a file as a stream in wasmtime’s steps: a read starts, waiting brings it', () => {
    using test = opened();
    writeFileSync(join(test.scratch.inside, 'f'), 'abcdefgh');
    const file = test.folder.openAt({}, 'f', {}, { read: true });
    const stream = file.readViaStream(1n);
    assert.equal(text(stream.read(4n)), '', 'only started');
    assert.equal(text(stream.read(4n)), '', 'and not done unless waited for');
    stream.subscribe().block();
    assert.equal(text(stream.read(2n)), 'bc');
    assert.equal(text(stream.blockingRead(9n)), 'de', 'the rest of what was read');
    assert.equal(text(stream.blockingRead(2n)), 'fg');
    stream.subscribe().block();
    assert.equal(text(stream.read(9n)), 'h', 'waiting reads by itself');
    assert.deepEqual(
      answer(() => stream.blockingRead(1n)),
      { tag: 'closed' },
    );
    assert.deepEqual(
      answer(() => stream.read(1n)),
      { tag: 'closed' },
    );
  });

  it('writes a file as a stream in wasmtime’s steps: nothing is permitted until waited for', () => {
    using test = opened();
    const file = create(test.folder, 'f');
    const stream = file.writeViaStream(0n);
    assert.equal(stream.checkWrite(), 1024n * 1024n);
    stream.write(bytes('abc'));
    assert.equal(stream.checkWrite(), 0n);
    assert.throws(() => stream.write(bytes('d')), isTrap);
    stream.blockingFlush();
    assert.equal(stream.checkWrite(), 1024n * 1024n);
    stream.blockingWriteAndFlush(bytes('def'));
    const append = file.appendViaStream();
    append.blockingWriteAndFlush(bytes('!'));
    assert.equal(readFileSync(join(test.scratch.inside, 'f'), 'utf8'), 'abcdef!');
  });

  it('tells the error of a stream once, by name, and is closed after it', () => {
    using test = opened();
    writeFileSync(join(test.scratch.inside, 'f'), 'x');
    const host = testHost();
    const stream = test.folder.openAt({}, 'f', {}, { read: true }).writeViaStream(0n);
    stream.write(bytes('y'));
    stream.subscribe().block();
    const failed = answer(() => stream.checkWrite()) as { tag: string; val: unknown };
    assert.equal(failed.tag, 'last-operation-failed');
    assert.equal(host.call('wasi:filesystem/types', 'filesystemErrorCode', failed.val), 'bad-descriptor');
    assert.deepEqual(
      answer(() => stream.checkWrite()),
      { tag: 'closed' },
    );
  });

  it('keeps a stream alive after its descriptor was dropped', () => {
    using test = opened();
    const file = create(test.folder, 'f');
    const stream = file.writeViaStream(0n);
    file[Symbol.dispose]();
    stream.blockingWriteAndFlush(bytes('kept'));
    stream[Symbol.dispose]();
    assert.equal(readFileSync(join(test.scratch.inside, 'f'), 'utf8'), 'kept');
  });

  it('keeps a preopen open, however many descriptors of it are dropped', () => {
    using test = opened();
    test.folder[Symbol.dispose]();
    test.folder[Symbol.dispose]();
    assert.equal(test.folder.stat().type, 'directory');
  });

  it('reads and writes at offsets', () => {
    using test = opened();
    const file = create(test.folder, 'f');
    assert.equal(file.write(bytes('hello'), 2n), 5n);
    const [middle, atEnd] = file.read(3n, 3n);
    assert.deepEqual([text(middle), atEnd], ['ell', false]);
    assert.deepEqual(file.read(9n, 7n), [new Uint8Array(0), true]);
    const [all] = file.read(2n ** 64n - 1n, 0n);
    assert.equal(text(all), '\0\0hello');
    file.setSize(3n);
    assert.equal(file.stat().size, 3n);
    file.setSize(2n ** 40n);
    assert.equal(file.read(2n ** 40n, 0n)[0].length <= 256 * 1024 * 1024, true, 'of a file that is all hole');
    file.setSize(3n);
    file.sync();
    file.syncData();
    file.advise();
  });

  it('lists, renames, links and removes', () => {
    using test = opened();
    const { folder } = test;
    create(folder, 'a').write(bytes('x'), 0n);
    folder.createDirectoryAt('sub');
    const sub = folder.openAt({}, 'sub', { directory: true }, { read: true, mutateDirectory: true });
    folder.linkAt({}, 'a', sub, 'b');
    folder.symlinkAt('a', 'l');
    assert.equal(folder.readlinkAt('l'), 'a');
    const entries = new Map<string, string>();
    const stream = folder.readDirectory();
    for (let e = stream.readDirectoryEntry(); e !== undefined; e = stream.readDirectoryEntry()) {
      entries.set(e.name, e.type);
    }
    assert.deepEqual([...entries].sort(), [
      ['a', 'regular-file'],
      ['l', 'symbolic-link'],
      ['sub', 'directory'],
    ]);
    assert.equal(folder.statAt({}, 'a').linkCount, 2n);
    assert.equal(folder.statAt({}, 'l').type, 'symbolic-link');
    assert.equal(folder.statAt({ symlinkFollow: true }, 'l').type, 'regular-file');
    const linked = sub.openAt({}, 'b', {}, { read: true });
    assert.equal(linked.isSameObject(folder.openAt({}, 'a', {}, { read: true })), true);
    assert.equal(linked.isSameObject(sub), false);
    assert.deepEqual(linked.metadataHash(), folder.metadataHashAt({ symlinkFollow: true }, 'l'));
    sub.renameAt('b', folder, 'c');
    folder.unlinkFileAt('l');
    folder.removeDirectoryAt('sub');
    assert.equal(
      answer(() => folder.statAt({}, 'sub')),
      'no-entry',
    );
    assert.deepEqual(sub.getFlags(), { read: true, mutateDirectory: true });
  });

  it('sets times, now, to a moment, or not at all', () => {
    using test = opened();
    const file = create(test.folder, 'f');
    const moment = { seconds: 1_000_000_000n, nanoseconds: 123_456_789 };
    file.setTimes({ tag: 'timestamp', val: moment }, { tag: 'no-change' });
    assert.deepEqual(file.stat().dataAccessTimestamp, moment);
    test.folder.setTimesAt({}, 'f', { tag: 'no-change' }, { tag: 'timestamp', val: moment });
    assert.deepEqual(file.stat().dataModificationTimestamp, moment);
    file.setTimes({ tag: 'now' }, { tag: 'now' });
    assert.ok(file.stat().dataAccessTimestamp!.seconds > moment.seconds);
  });

  it('answers with the interface’s errors', () => {
    using test = opened();
    const { folder } = test;
    const file = create(folder, 'f');
    symlinkSync(test.scratch.outside, join(test.scratch.inside, 'out'));
    const open = (path: string, flags = {}, access = {}): unknown => folder.openAt({}, path, flags, access);
    assert.equal(
      answer(() => open('none')),
      'no-entry',
    );
    assert.equal(
      answer(() => open('f', { create: true, exclusive: true })),
      'exist',
    );
    assert.equal(
      answer(() => open('f', { directory: true })),
      'not-directory',
    );
    assert.equal(
      answer(() => open('f', { directory: true, create: true })),
      'invalid',
    );
    assert.equal(
      answer(() => open('f', {}, { fileIntegritySync: true })),
      'unsupported',
    );
    assert.equal(
      answer(() => open('../outside')),
      'not-permitted',
    );
    assert.equal(
      answer(() => open('/etc/passwd')),
      'not-permitted',
    );
    assert.equal(
      answer(() => folder.openAt({ symlinkFollow: true }, 'out', {}, {})),
      'not-permitted',
    );
    assert.equal(
      answer(() => folder.linkAt({ symlinkFollow: true }, 'f', folder, 'g')),
      'invalid',
    );
    assert.equal(
      answer(() => folder.read(1n, 0n)),
      'bad-descriptor',
    );
    assert.equal(
      answer(() => folder.readViaStream(0n)),
      'bad-descriptor',
    );
    assert.equal(
      answer(() => file.readDirectory()),
      'not-directory',
    );
    assert.equal(
      answer(() => folder.removeDirectoryAt('f')),
      'not-directory',
    );
  });

  it('changes nothing through a preopen that is read-only', () => {
    using test = opened(false);
    const { folder } = test;
    writeFileSync(join(test.scratch.inside, 'f'), 'x');
    const file = folder.openAt({}, 'f', {}, { read: true });
    assert.equal(text(file.read(9n, 0n)[0]), 'x');
    assert.equal(
      answer(() => create(folder, 'g')),
      'not-permitted',
    );
    assert.equal(
      answer(() => folder.openAt({}, 'f', {}, { write: true })),
      'not-permitted',
    );
    assert.equal(
      answer(() => file.write(bytes('y'), 0n)),
      'not-permitted',
    );
    assert.equal(
      answer(() => file.writeViaStream(0n)),
      'bad-descriptor',
    );
    assert.equal(
      answer(() => folder.unlinkFileAt('f')),
      'not-permitted',
    );
    assert.deepEqual(folder.getFlags(), { read: true, mutateDirectory: false });
  });
});
