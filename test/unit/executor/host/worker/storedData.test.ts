import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Ledger } from '../../../../../src/executor/host/worker/ledger.ts';
import { localKey } from '../../../../../src/executor/host/worker/localKey.ts';
import { storage } from '../../../../../src/executor/host/worker/storage.ts';
import {
  describeStored,
  resetStored,
  type StoredEntry,
  storedEntries,
} from '../../../../../src/executor/host/worker/storedData.ts';
import { encodeUtf8 } from '../../../../../src/shared/text.ts';
import type { WorkbenchError } from '../../../../../src/shared/workbenchError.ts';
import { writeFiles } from '../../../../writeFiles.ts';
import { ScratchDatabase } from './support.ts';

describe('what near:storage keeps', () => {
  let scratch: ScratchDatabase;
  beforeEach(() => (scratch = new ScratchDatabase()));
  afterEach(() => scratch[Symbol.dispose]());

  const keep = (project: string, account: string, key: string, value: string) =>
    storage(scratch.db, { project, account, wasmHash: 'ab'.repeat(32) }).set(key, encodeUtf8(value));
  const stored = (project: string | null = null) =>
    storedEntries(scratch.folder, project).map((entry) => [entry.project, entry.account, entry.key]);

  it('is listed by project, account and key', () => {
    keep('b.near/x', 'al.near', 'k', '1');
    keep('a.near/x', 'bo.near', 'k', '2');
    keep('a.near/x', 'al.near', 'n', '3');
    keep('a.near/x', 'al.near', 'k', '4');
    assert.deepEqual(stored(), [
      ['a.near/x', 'al.near', 'k'],
      ['a.near/x', 'al.near', 'n'],
      ['a.near/x', 'bo.near', 'k'],
      ['b.near/x', 'al.near', 'k'],
    ]);
    assert.deepEqual(stored('b.near/x'), [['b.near/x', 'al.near', 'k']]);
    const [first] = storedEntries(scratch.folder, null);
    assert.deepEqual(Buffer.from(first!.value).toString(), '4');
    assert.equal(first!.wasmHash, 'ab'.repeat(32));
    assert.ok(Math.abs(Date.now() - first!.updated) < 3_600_000);
  });

  it('is said to be damaged where it is, with its path and the next step', () => {
    const folder = join(scratch.folder, 'damaged');
    writeFiles(folder, {
      'worker.sqlite': 'no database, though it is as long as the first page of one'.repeat(20),
    });
    assert.throws(
      () => storedEntries(folder, null),
      (error: WorkbenchError) => {
        assert.equal(error.value.code, 'file-not-found');
        assert.ok(error.value.cause?.startsWith(join(folder, 'worker.sqlite')), error.value.cause ?? '');
        assert.match(error.value.hint!, /^Move this file away/);
        return true;
      },
    );
  });

  it('is deleted for one project, or for all and with it the wallets’ books, but no key', () => {
    keep('a.near/x', 'al.near', 'k', '1');
    keep('a.near/x', 'bo.near', 'k', '1');
    keep('b.near/x', 'al.near', 'k', '1');
    const ledger = new Ledger(scratch.db, 'al.near', { balances: { near: '5' } });
    ledger.transaction(() => ledger.add('account', 'near', -1n));
    const pem = localKey(scratch.db, 'vrf').export({ type: 'pkcs8', format: 'pem' });
    const books = () => scratch.db.all('SELECT * FROM balances').length;
    assert.equal(books(), 1);

    assert.equal(resetStored(scratch.folder, 'a.near/x'), 2);
    assert.deepEqual(stored(), [['b.near/x', 'al.near', 'k']]);
    assert.equal(books(), 1);
    assert.equal(resetStored(scratch.folder, null), 1);
    assert.deepEqual(stored(), []);
    assert.equal(books(), 0);
    assert.equal(localKey(scratch.db, 'vrf').export({ type: 'pkcs8', format: 'pem' }), pem);
  });

  it('is nothing where no run has stored any, and looking makes no database', () => {
    const nowhere = join(scratch.folder, 'none');
    assert.deepEqual(storedEntries(nowhere, null), []);
    assert.equal(resetStored(nowhere, null), 0);
    assert.equal(existsSync(nowhere), false);
    assert.equal(describeStored([], nowhere), `Nothing is stored in ${nowhere}.\n`);
  });

  it('is shown as text, counters, or hexadecimal digits, the start of what is long', () => {
    const entry = (account: string, key: string, value: Uint8Array): StoredEntry => {
      return {
        project: 'a.near/x',
        account,
        key,
        value,
        wasmHash: 'ab'.repeat(32),
        updated: 1_735_689_600_000,
      };
    };
    const counter = Buffer.alloc(8);
    counter.writeBigInt64LE(-3n);
    const text = describeStored(
      [
        entry('al.near', 'a "b"\n', encodeUtf8('{"grüße": 1}')),
        entry('al.near', 'count', counter),
        entry('al.near', 'raw', Uint8Array.of(0, 255)),
        entry('@worker', 'long', encodeUtf8(`${'x'.repeat(119)}ü!`)),
        entry('@worker', 'many', new Uint8Array(121).fill(255)),
      ],
      '/data',
    );
    const tail = '  (2025-01-01 00:00:00 UTC, by abababababab)';
    assert.deepEqual(text.split('\n'), [
      'What near:storage keeps in /data',
      '',
      'a.near/x · al.near',
      `  "a \\"b\\"\\n" = ${JSON.stringify('{"grüße": 1}')}${tail}`,
      `  "count" = -3 (i64)${tail}`,
      `  "raw" = 0x00ff${tail}`,
      '',
      'a.near/x · @worker',
      `  "long" = "${'x'.repeat(119)}"… (122 bytes)${tail}`,
      `  "many" = 0x${'ff'.repeat(120)}… (121 bytes)${tail}`,
      '',
    ]);
  });
});
