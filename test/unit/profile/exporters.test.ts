import assert from 'node:assert/strict';
import { exporterFor } from '../../../src/profile/exporters.ts';
import type { Profile } from '../../../src/shared/profile.ts';

const profile: Profile = {
  fuel: 30,
  fuelModel: 'wasmtime-28',
  uncounted: 0,
  functions: [
    { name: 'app::main', file: '/app/src/main.rs', line: 3, calls: 1, self: 20, total: 30 },
    { name: '<[u8; 4] as Clone>::clone', file: null, line: null, calls: 5, self: 10, total: 10 },
  ],
  lines: [{ file: '/app/src/main.rs', line: 4, self: 20, total: 20 }],
  unattributed: 10,
  crates: [{ origin: 'yours', name: '', self: 20 }],
  stacks: [
    { frames: [0], self: 20, calls: 1 },
    { frames: [0, 1], self: 10, calls: 5 },
  ],
};

const exported = (file: string): string => exporterFor(file)!(profile, 'app.wasm');

describe('Exported profiles', () => {
  it('names the frames of stacks in JSON, and keeps all else', () => {
    const saved = JSON.parse(exported('out/Profile.JSON')) as Record<string, unknown>;
    assert.deepEqual(saved, {
      ...profile,
      stacks: [
        { frames: ['app::main'], self: 20, calls: 1 },
        { frames: ['app::main', '<[u8; 4] as Clone>::clone'], self: 10, calls: 5 },
      ],
    });
    assert.deepEqual(Object.keys(saved).slice(0, 6), [
      'fuel',
      'fuelModel',
      'functions',
      'lines',
      'unattributed',
      'stacks',
    ]);
  });

  it('writes folded stacks, in which a semicolon separates frames and nothing else', () => {
    assert.equal(exported('a.folded'), 'app::main 20\napp::main;<[u8: 4] as Clone>::clone 10\n');
  });

  it('writes what speedscope reads, with weights that add up', () => {
    const saved = JSON.parse(exported('a.b.speedscope.json')) as {
      $schema: string;
      shared: { frames: unknown[] };
      profiles: { type: string; samples: number[][]; weights: number[]; endValue: number }[];
    };
    assert.equal(saved.$schema, 'https://www.speedscope.app/file-format-schema.json');
    assert.deepEqual(saved.shared.frames, [
      { name: 'app::main', file: '/app/src/main.rs', line: 3 },
      { name: '<[u8; 4] as Clone>::clone' },
    ]);
    const [only] = saved.profiles;
    assert.equal(only?.type, 'sampled');
    assert.deepEqual(only.samples, [[0], [0, 1]]);
    assert.deepEqual(only.weights, [20, 10]);
    assert.equal(only.endValue, 30);
  });

  it('knows no other ending', () => {
    for (const file of ['dev', 'profile.txt', 'json', 'profile.json.gz'])
      assert.equal(exporterFor(file), null);
  });
});
