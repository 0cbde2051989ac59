import assert from 'node:assert/strict';
import { expired, type StoredRun } from '../../../../src/editor/history/retention.ts';
import { record } from './records.ts';

describe('expired', () => {
  const limits = { runs: 5, runsOfOneInput: 3, bytes: 1000 };
  const stored = (id: string, more: Partial<StoredRun['record']> = {}, bytes = 10): StoredRun => ({
    record: { ...record({ id }), ...more },
    bytes,
  });
  const gone = (...runs: StoredRun[]) => expired(runs, limits).map(({ run }) => run.id);
  const input = (name: string) => ({ identity: { ...record().identity, input: name } });
  const buildFailed = { run: { ...record({ id: 'f' }).run, outcome: null } };

  it('keeps the last runs of each input', () => {
    assert.deepEqual(gone(stored('a'), stored('b'), stored('c'), stored('d'), stored('e', input('x'))), [
      'd',
    ]);
  });

  it('keeps no more than so many', () => {
    const runs = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => stored(id, input(id)));
    assert.deepEqual(gone(...runs), ['f', 'g']);
  });

  it('keeps no more than so many bytes, but always the newest', () => {
    assert.deepEqual(gone(stored('a', {}, 900), stored('b', {}, 200), stored('c', {}, 50)), ['b']);
    assert.deepEqual(gone(stored('a', {}, 5000), stored('b')), ['b']);
  });

  it('never lets a pinned run go, and counts it', () => {
    const pinned = (id: string) => stored(id, { pinned: true, ...input(id) });
    assert.deepEqual(gone(stored('a'), ...['b', 'c', 'd', 'e', 'f'].map(pinned), stored('g', input('g'))), [
      'g',
    ]);
  });

  it('keeps a failed build only while it is the newest', () => {
    assert.deepEqual(gone(stored('f', buildFailed), stored('a')), []);
    assert.deepEqual(gone(stored('a'), stored('f', buildFailed)), ['f']);
  });
});
