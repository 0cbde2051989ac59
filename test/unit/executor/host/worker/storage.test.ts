import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { databasePath, WorkerDatabase } from '../../../../../src/executor/host/worker/database.ts';
import { storage } from '../../../../../src/executor/host/worker/storage.ts';
import { decodeUtf8, encodeUtf8 } from '../../../../../src/shared/text.ts';
import { ScratchDatabase } from './support.ts';

const owner = { project: 'a.near/b', account: 'alice.near', wasmHash: 'one' };
const increments = fileURLToPath(new URL('increments.ts', import.meta.url));
const [x, y] = [encodeUtf8('x'), encodeUtf8('y')];
const nothing = new Uint8Array();

describe('near:storage', () => {
  let scratch: ScratchDatabase;
  beforeEach(() => (scratch = new ScratchDatabase()));
  afterEach(() => scratch[Symbol.dispose]());
  const open = (change: Partial<typeof owner> = {}) => storage(scratch.db, { ...owner, ...change });

  it('keeps values by key', () => {
    const { set, get, has, delete: remove, listKeys } = open();
    assert.deepEqual(get('k'), [nothing, '']);
    assert.equal(set('k', x), '');
    assert.equal(set('empty', nothing), '');
    assert.equal(set('a\0b"', y), '');
    assert.deepEqual(get('k'), [x, '']);
    assert.deepEqual(get('empty'), [nothing, '']);
    assert.deepEqual([has('empty'), has('none')], [true, false]);
    assert.deepEqual(listKeys(''), ['["a\\u0000b\\"","empty","k"]', '']);
    assert.deepEqual(listKeys('e'), ['["empty"]', '']);
    assert.deepEqual([remove('k'), remove('k'), has('k')], [true, false, false]);
  });

  it('outlives the run, in a file that is the user’s alone', () => {
    open().set('k', x);
    scratch.db[Symbol.dispose]();
    using db = new WorkerDatabase(scratch.folder);
    assert.deepEqual(storage(db, owner).get('k'), [x, '']);
    assert.equal(statSync(databasePath(scratch.folder)).mode & 0o777, 0o600);
    scratch[Symbol.dispose] = () => undefined;
  });

  it('keeps projects and accounts apart', () => {
    open().set('k', x);
    assert.equal(open({ account: 'bob.near' }).has('k'), false);
    assert.equal(open({ project: 'a.near/c' }).has('k'), false);
    assert.equal(open({ account: 'bob.near' }).clearAll(), '');
    assert.equal(open().has('k'), true);
    assert.equal(open().clearAll(), '');
    assert.equal(open().has('k'), false);
  });

  it('sets where there is nothing, and where there is what was expected', () => {
    const { setIfAbsent, setIfEquals, get } = open();
    assert.deepEqual(setIfEquals('k', nothing, x), [false, nothing, '']);
    assert.deepEqual(setIfAbsent('k', x), [true, '']);
    assert.deepEqual(setIfAbsent('k', y), [false, '']);
    assert.deepEqual(setIfEquals('k', y, y), [false, x, '']);
    assert.deepEqual(setIfEquals('k', x, y), [true, nothing, '']);
    assert.deepEqual(get('k'), [y, '']);
  });

  it('counts in 8 bytes, little-endian, with the worker’s words for what is none', () => {
    const { increment, decrement, get, set } = open();
    assert.deepEqual(increment('n', 258n), [258n, '']);
    assert.deepEqual([...get('n')[0]], [2, 1, 0, 0, 0, 0, 0, 0]);
    assert.deepEqual(decrement('n', 300n), [-42n, '']);
    assert.deepEqual(decrement('m', 1n), [-1n, '']);
    assert.deepEqual(increment('big', 2n ** 63n - 1n), [2n ** 63n - 1n, '']);
    assert.deepEqual(increment('big', 1n), [0n, 'increment: overflow']);
    assert.deepEqual(get('big')[1], '');
    set('text', x);
    assert.deepEqual(increment('text', 1n), [
      0n,
      'increment: invalid value format, expected 8 bytes (i64), got 1',
    ]);
  });

  it('keeps what is the project’s own, and shows other projects what is not encrypted', () => {
    const mine = open();
    assert.equal(mine.setWorker('secret', x, undefined), '');
    assert.equal(mine.setWorker('public', y, false), '');
    const theirs = open({ account: 'bob.near' });
    assert.deepEqual(theirs.getWorker('secret', undefined), [x, '']);
    assert.deepEqual(theirs.get('secret'), [nothing, '']);
    assert.deepEqual(theirs.getWorker('public', owner.project), [y, '']);
    const other = open({ project: 'c.near/d' });
    assert.deepEqual(other.getWorker('public', owner.project), [y, '']);
    assert.deepEqual(other.getWorker('secret', owner.project), [nothing, '']);
    assert.deepEqual(other.getWorker('public', undefined), [nothing, '']);
  });

  it('knows which version wrote an entry last', () => {
    open().set('k', x);
    open().set('kept', x);
    open({ wasmHash: 'two' }).set('k', y);
    assert.deepEqual(open().getByVersion('k', 'one'), [nothing, '']);
    assert.deepEqual(open().getByVersion('k', 'two'), [y, '']);
    assert.equal(open().clearVersion('two'), '');
    assert.deepEqual(open().listKeys(''), ['["kept"]', '']);
  });

  it('loses none of what several processes count at once', async () => {
    const run = async () => {
      const child = spawn(process.execPath, [increments, scratch.folder, '1000'], { stdio: 'ignore' });
      const [code] = (await once(child, 'exit')) as [number];
      return code;
    };
    assert.deepEqual(await Promise.all([run(), run()]), [0, 0]);
    assert.deepEqual(open().increment('count', 0n), [2000n, '']);
  });

  it('is whole after a kill at any moment, with all that was said to be done', async () => {
    let said = 0;
    for (let round = 0; round < 8; round++) {
      const child = spawn(process.execPath, [increments, scratch.folder, '100000'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const lines = createInterface({ input: child.stdout });
      const enough = said + 20 + 13 * round;
      lines.on('line', (line) => {
        said = Number(line);
        if (said >= enough) child.kill('SIGKILL');
      });
      const closed = once(lines, 'close');
      const [, signal] = (await once(child, 'exit')) as [null, string];
      await closed;
      assert.equal(signal, 'SIGKILL');
      const check = new DatabaseSync(databasePath(scratch.folder));
      assert.deepEqual({ ...check.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' });
      check.close();
      const [count] = open().increment('count', 0n);
      assert.ok(count >= said && count <= said + 1, `${count} after ${said}`);
      assert.ok(count - BigInt(decodeUtf8(open().get('last')[0])) <= 1n);
      said = Number(count);
    }
  });
});
