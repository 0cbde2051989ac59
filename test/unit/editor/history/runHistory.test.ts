import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunHistory } from '../../../../src/editor/history/runHistory.ts';
import { RunStore } from '../../../../src/editor/history/runStore.ts';
import type { RunSummary } from '../../../../src/shared/panelHistory.ts';
import type { Profile } from '../../../../src/shared/profile.ts';
import { ended, plan } from './records.ts';

describe('RunHistory', () => {
  let folder: string;
  let told: readonly RunSummary[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'runs '));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const secret = { name: 'API_KEY', value: 'hunter2-hunter2' };
  const open = () =>
    new RunHistory(
      new RunStore(folder),
      () => Promise.resolve([secret]),
      (runs) => (told = runs),
    );
  const ids = (runs: readonly RunSummary[]) => runs.map(({ id }) => id);
  const text = async (history: RunHistory, id: string) =>
    new TextDecoder().decode(await (await history.get(id))?.stream('output'));

  it('keeps runs for the next window, the newest first', async () => {
    const history = open();
    await history.add(ended({ id: 'one', startedAt: 1 }, 'first'));
    assert.deepEqual(await history.add(ended({ id: 'two', startedAt: 2, fuel: 900 }, 'second')), {
      kind: 'changed',
      since: 'one',
      before: 1000,
    });
    assert.deepEqual(ids(told), ['two', 'one']);
    const later = open();
    assert.deepEqual(ids(await later.list()), ['two', 'one']);
    assert.equal(await text(later, 'one'), 'first');
    assert.deepEqual((await later.get('two'))?.record.plan, plan);
    assert.equal((await later.get('two'))?.record.run.change?.kind, 'changed');
    assert.equal(await later.get('three'), undefined);
  });

  it('writes no secret to the disk, wherever it stood', async () => {
    const history = open();
    const run = ended(
      { id: 'one', headline: `it said ${secret.value}` },
      `key=${secret.value}\n`,
      secret.value,
    );
    await history.add({
      ...run,
      plan: { ...plan, input: { kind: 'text', text: secret.value } },
      error: {
        code: 'panic',
        message: secret.value,
        cause: secret.value,
        hint: null,
        actions: [],
        backtrace: [],
      },
    });
    for (const file of readdirSync(join(folder, 'one'))) {
      assert.ok(!readFileSync(join(folder, 'one', file), 'utf8').includes(secret.value), file);
    }
    // The one that has just ended is still at hand as it was.
    assert.equal(await text(history, 'one'), `key=${secret.value}\n`);
    const later = open();
    assert.equal(await text(later, 'one'), 'key=[secret API_KEY]\n');
    assert.equal((await later.get('one'))?.record.plan, null);
  });

  it('lists what was cut short with the fuel that it used at least', async () => {
    const history = open();
    await history.add(ended({ id: 'whole', startedAt: 1 }));
    await history.add(ended({ id: 'cut', startedAt: 2, measured: 'fuel-at-least', success: false }));
    assert.deepEqual(
      told.map(({ id, fuel, fuelAtLeast }) => [id, fuel, fuelAtLeast]),
      [
        ['cut', 1000, true],
        ['whole', 1000, false],
      ],
    );
  });

  it('pins, removes and clears', async () => {
    const history = open();
    for (const [startedAt, id] of ['one', 'two', 'three'].entries())
      await history.add(ended({ id, startedAt }));
    await history.togglePin('one');
    assert.deepEqual(
      told.map(({ pinned }) => pinned),
      [false, false, true],
    );
    await history.remove('two');
    assert.deepEqual(ids(told), ['three', 'one']);
    await history.clear();
    assert.deepEqual(ids(await open().list()), ['one']);
    await history.togglePin('one');
    await history.clear();
    assert.deepEqual(readdirSync(folder), []);
  });

  it('keeps a profile', async () => {
    const profile: Profile = {
      fuel: 1000,
      fuelModel: 'wasmtime-28',
      uncounted: 0,
      functions: [],
      lines: [{ file: 'src/main.rs', line: 3, self: 1000 }],
      unattributed: 0,
      crates: [],
      stacks: [],
    } as unknown as Profile;
    await open().add({ ...ended({ id: 'one' }), profile });
    const later = open();
    assert.equal((await later.list())[0]?.profiled, true);
    assert.deepEqual(await (await later.get('one'))?.profile(), profile);
  });

  it('sweeps up what is broken, half written or of another version', async () => {
    await open().add(ended({ id: 'one' }));
    for (const [name, content] of [
      ['broken', '{'],
      ['older', '{"version":0,"run":{}}'],
      ['two.new', '{"version":1,"run":{}}'],
    ]) {
      mkdirSync(join(folder, name!));
      writeFileSync(join(folder, name!, 'run.json'), content!);
    }
    assert.deepEqual(ids(await open().list()), ['one']);
    assert.deepEqual(readdirSync(folder), ['one']);
  });

  it('goes on after a write that failed', async () => {
    const history = open();
    await history.list();
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'in the way');
    await assert.rejects(history.add(ended({ id: 'one' }, 'still here')));
    assert.equal(await text(history, 'one'), 'still here');
    rmSync(folder);
    await history.add(ended({ id: 'two' }));
    assert.deepEqual(ids(told), ['two']);
  });
});
