import assert from 'node:assert/strict';
import {
  isPanelSnapshot,
  isPanelUpdate,
  parsePanelRequest,
  snapshotVersion,
} from '../../../src/shared/panelMessages.ts';
import { emptyStream } from '../../../src/shared/panelStream.ts';

describe('parsePanelRequest', () => {
  const good: unknown[] = [
    { type: 'ready' },
    { type: 'run' },
    { type: 'runWithInput' },
    { type: 'stop' },
    { type: 'act', action: 0 },
    { type: 'openFrame', frame: 3 },
    { type: 'openStream', stream: 'output' },
    { type: 'copyStream', stream: 'stderr' },
    { type: 'runProfiled' },
    { type: 'profile', id: 1 },
    { type: 'openSource', id: 1, of: 'line', index: 0 },
  ];
  for (const message of good) {
    it(`takes ${JSON.stringify(message)}`, () => assert.deepEqual(parsePanelRequest(message), message));
  }

  const bad: unknown[] = [
    undefined,
    null,
    'ready',
    [],
    {},
    { type: 'READY' },
    { type: 'toString' },
    { type: 'act' },
    { type: 'act', action: -1 },
    { type: 'act', action: 1.5 },
    { type: 'act', action: '0' },
    { type: 'openFrame', frame: Number.NaN },
    { type: 'openStream', stream: '__proto__' },
    { type: 'copyStream' },
    { type: 'profile' },
    { type: 'openSource', id: 1, of: 'file', index: 0 },
    { type: 'openSource', id: 1, of: 'line', index: -1 },
  ];
  for (const message of bad) {
    it(`refuses ${JSON.stringify(message)}`, () => assert.equal(parsePanelRequest(message), null));
  }

  it('hands on nothing but what it knows', () => {
    assert.deepEqual(parsePanelRequest({ type: 'stop', command: 'evil' }), { type: 'stop' });
  });
});

describe('isPanelUpdate', () => {
  it('takes what the editor sends and refuses the rest', () => {
    assert.ok(isPanelUpdate({ type: 'show', run: null, output: emptyStream, stderr: emptyStream }));
    assert.ok(isPanelUpdate({ type: 'run', run: {} }));
    assert.ok(isPanelUpdate({ type: 'stream', stream: 'output', update: {} }));
    assert.ok(!isPanelUpdate({ type: 'show', run: null, output: emptyStream }));
    assert.ok(
      !isPanelUpdate({ type: 'show', run: null, output: { ...emptyStream, bytes: -1 }, stderr: emptyStream }),
    );
    assert.ok(!isPanelUpdate({ type: 'run', run: null }));
    assert.ok(!isPanelUpdate({ type: 'stream', stream: 'stdout', update: {} }));
    assert.ok(!isPanelUpdate({ command: 'setTheme' }));
  });
});

describe('isPanelSnapshot', () => {
  const snapshot = { version: snapshotVersion, run: {}, output: emptyStream, stderr: emptyStream };

  it('takes what is kept today, and drops other versions and shapes', () => {
    assert.ok(isPanelSnapshot(snapshot));
    assert.ok(!isPanelSnapshot({ ...snapshot, version: snapshotVersion + 1 }));
    assert.ok(!isPanelSnapshot({ ...snapshot, output: 'text' }));
    assert.ok(!isPanelSnapshot(undefined));
  });
});
