import assert from 'node:assert/strict';
import {
  isPanelState,
  isPanelUpdate,
  parsePanelRequest,
  stateVersion,
} from '../../../src/shared/panelMessages.ts';
import { emptyStream } from '../../../src/shared/panelStream.ts';

describe('parsePanelRequest', () => {
  const run = 'b3c1-1';
  const good: unknown[] = [
    { type: 'ready', run: null },
    { type: 'ready', run },
    { type: 'run' },
    { type: 'stop' },
    { type: 'command', command: 'openInputs' },
    { type: 'command', command: 'runWithInput', run },
    { type: 'act', run, action: 0 },
    { type: 'openFrame', run, frame: 3 },
    { type: 'openStream', run, stream: 'output' },
    { type: 'saveStream', run, stream: 'stderr' },
    { type: 'pinRun', run },
    { type: 'runProfiled' },
    { type: 'workerBuild', id: 2 },
    { type: 'profile', id: 1 },
    { type: 'openSource', id: 1, of: 'line', index: 0 },
    { type: 'compare', run, other: run },
    { type: 'diff', run, other: run, stream: 'output' },
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
    { type: 'command', command: 'workbench.action.quit' },
    { type: 'act', run },
    { type: 'act', action: 0 },
    { type: 'act', run, action: -1 },
    { type: 'act', run, action: 1.5 },
    { type: 'act', run, action: '0' },
    { type: 'openFrame', run, frame: Number.NaN },
    { type: 'openStream', run, stream: '__proto__' },
    { type: 'copyStream', run },
    { type: 'showRun', run: '../elsewhere' },
    { type: 'showRun', run: '' },
    { type: 'compare', run },
    { type: 'profile' },
    { type: 'openSource', id: 1, of: 'file', index: 0 },
    { type: 'openSource', id: 1, of: 'line', index: -1 },
  ];
  for (const message of bad) {
    it(`refuses ${JSON.stringify(message)}`, () => assert.equal(parsePanelRequest(message), null));
  }

  it('does not take a path for a run', () => {
    assert.deepEqual(parsePanelRequest({ type: 'ready', run: '../../x' }), { type: 'ready', run: null });
  });

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
    assert.ok(isPanelUpdate({ type: 'content', stream: 'output', bytes: new Uint8Array() }));
    assert.ok(!isPanelUpdate({ type: 'content', stream: 'output', bytes: [0] }));
    assert.ok(!isPanelUpdate({ command: 'setTheme' }));
  });
});

describe('isPanelState', () => {
  const state = { version: stateVersion, run: null, runsOpen: true, onlyYours: true };

  it('takes what is kept today, and drops other versions and shapes', () => {
    assert.ok(isPanelState(state));
    assert.ok(!isPanelState({ ...state, version: stateVersion + 1 }));
    assert.ok(!isPanelState({ ...state, runsOpen: undefined }));
    assert.ok(!isPanelState({ ...state, onlyYours: 1 }));
    assert.ok(!isPanelState(undefined));
  });
});
