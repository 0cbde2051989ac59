import assert from 'node:assert/strict';
import { PanelModel } from '../../../../src/editor/panel/panelModel.ts';
import { isPanelUpdate, type PanelUpdate } from '../../../../src/shared/panelMessages.ts';
import { encodeUtf8 } from '../../../../src/shared/text.ts';
import { panelSubject } from '../../panelRun.ts';

const success = { success: true, headline: 'Succeeded', error: null, measures: null, price: null };

describe('PanelModel', () => {
  let updates: PanelUpdate[];
  let model: PanelModel;
  beforeEach(() => {
    updates = [];
    model = new PanelModel((update) => updates.push(update));
  });
  afterEach(() => model.dispose());

  it('shows nothing before the first run', () => {
    model.show();
    assert.equal(updates.length, 1);
    const [first] = updates;
    assert.ok(first?.type === 'show' && first.run === null);
  });

  it('goes from building over running to done, and gathers what comes in between', () => {
    model.begin(panelSubject);
    model.building({ done: 3, total: 12, crate: 'serde', waiting: false });
    model.running({ buildMs: 900, notes: ['adapted'], profileKind: 'outlayer' });
    model.write('output', encodeUtf8('one '));
    model.write('output', encodeUtf8('two'));
    model.write('stderr', encodeUtf8('three'));
    model.finish(success);
    assert.ok(updates.every(isPanelUpdate));
    assert.deepEqual(
      updates.map(({ type }) => type),
      ['show', 'stream', 'stream', 'run'],
    );
    const [, output, , run] = updates;
    assert.ok(output?.type === 'stream' && output.update.append === 'one two');
    assert.ok(run?.type === 'run');
    assert.deepEqual(run.run.phase, { kind: 'done' });
    assert.deepEqual([run.run.buildMs, run.run.profileKind, run.run.notes], [900, 'outlayer', ['adapted']]);
  });

  it('keeps the fuel used so far until the end, which tells the whole', () => {
    model.begin(panelSubject);
    model.running({ buildMs: 900, notes: [], profileKind: 'wasi' });
    model.usedSoFar(41);
    model.usedSoFar(42);
    assert.ok(model.run?.phase.kind === 'running' && model.run.phase.fuel === 42);
    model.finish(success);
    assert.deepEqual(model.run.phase, { kind: 'done' });
  });

  it('says how far a build is', () => {
    model.begin(panelSubject);
    model.building({ done: 3, total: 12, crate: 'serde', waiting: false });
    assert.deepEqual(
      model.run!.phase.kind === 'building' && model.run!.phase.progress,
      'serde (3 of 12 crates)',
    );
  });

  it('gives a panel that was opened later all that was written, once', () => {
    model.begin(panelSubject);
    model.write('output', encodeUtf8('early '));
    model.show();
    model.write('output', encodeUtf8('late'));
    model.finish(success);
    const shown = updates.filter((update) => update.type === 'show').at(-1)!;
    assert.equal(shown.output.head, 'early ');
    const streamed = updates.filter((update) => update.type === 'stream');
    assert.deepEqual(
      streamed.map(({ update }) => update.append),
      ['late'],
    );
  });

  it('starts the next run with empty streams', () => {
    model.begin(panelSubject);
    model.write('output', encodeUtf8('old'));
    model.finish(success);
    model.begin(panelSubject);
    const shown = updates.at(-1)!;
    assert.ok(shown.type === 'show' && shown.output.head === '' && shown.run?.outcome === null);
  });
});
