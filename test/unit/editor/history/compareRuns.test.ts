import assert from 'node:assert/strict';
import { compareRuns } from '../../../../src/editor/history/compareRuns.ts';
import { inputDigest } from '../../../../src/editor/history/identity.ts';
import type { KeptRun } from '../../../../src/editor/history/runRecord.ts';
import { textDifference } from '../../../../src/editor/history/textDifference.ts';
import { record } from './records.ts';

describe('textDifference', () => {
  it('knows the same', () => assert.deepEqual(textDifference('a', 'a'), { kind: 'same' }));

  it('compares JSON by the lines that are shown', () => {
    assert.deepEqual(textDifference('{"a":1,"b":2}', '{"a":1,"b":3}'), {
      kind: 'different',
      added: 1,
      removed: 1,
      lines: [
        { kind: 'same', text: '{' },
        { kind: 'same', text: '  "a": 1,' },
        { kind: 'removed', text: '  "b": 2' },
        { kind: 'added', text: '  "b": 3' },
        { kind: 'same', text: '}' },
      ],
    });
  });

  it('counts everything and shows the start', () => {
    const lines = (mark: string) => Array.from({ length: 200 }, (_, index) => `${mark}${index}\n`).join('');
    const difference = textDifference(lines('a'), lines('b'));
    assert.ok(difference.kind === 'different');
    assert.deepEqual([difference.added, difference.removed, difference.lines.length], [200, 200, 41]);
    assert.equal(difference.lines.at(-1)?.kind, 'cut');
  });

  it('leaves long texts to the editor', () => {
    assert.equal(textDifference('a'.repeat(2_000_000), 'b').kind, 'not-compared');
  });
});

describe('compareRuns', () => {
  const kept = (startedAt: number, output: string, fuel: number, success = true): KeptRun => ({
    record: record({ id: `run-${startedAt}`, startedAt, fuel, success }),
    stream: (name) => Promise.resolve(new TextEncoder().encode(name === 'output' ? output : '')),
    profile: () => Promise.resolve(null),
  });

  it('puts the earlier run first, whichever was named first', async () => {
    const [earlier, later] = [kept(1, 'a\n', 100), kept(2, 'b\n', 90)];
    const comparison = await compareRuns(later, earlier);
    assert.deepEqual([comparison.before.measures?.fuel, comparison.after.measures?.fuel], [100, 90]);
    assert.equal(comparison.incomparable, null);
    assert.deepEqual([comparison.output.kind, comparison.stderr.kind], ['different', 'same']);
    assert.deepEqual(comparison, await compareRuns(earlier, later));
  });

  it('says why fuel can’t be held against another run’s', async () => {
    const { incomparable } = await compareRuns(kept(1, '', 100, false), kept(2, '', 90));
    assert.equal(incomparable, 'One of them did not succeed');
  });
});

describe('inputDigest', () => {
  const input = { input: new Uint8Array([1]), args: [], env: [], preopens: [], seed: null } as const;
  const digest = (change: object, secrets: string[] = []) =>
    inputDigest({ ...input, ...change }, new Set(secrets));

  it('differs with anything that the guest is given', () => {
    const all = [
      {},
      { input: new Uint8Array([2]) },
      { args: ['x'] },
      { env: [['A', 'b']] },
      { seed: 1 },
      { preopens: [{ hostPath: '/a', guestPath: '/', writable: false }] },
    ].map((change) => digest(change));
    assert.equal(new Set(all).size, all.length);
    assert.equal(digest({}), all[0]);
  });

  it('knows secrets by their names alone', () => {
    const one = digest({ env: [['KEY', 'one']] }, ['KEY']);
    assert.equal(one, digest({ env: [['KEY', 'two']] }, ['KEY']));
    assert.notEqual(one, digest({ env: [['OTHER', 'one']] }, ['OTHER']));
  });
});
