import assert from 'node:assert/strict';
import { exporterFor } from '../../../src/profile/exporters.ts';
import { panelProfile } from '../../../src/profile/panelProfile.ts';
import { readProfile } from '../../../src/profile/readProfile.ts';
import type { Profile } from '../../../src/shared/profile.ts';

const profile: Profile = {
  fuel: 30,
  fuelModel: 'wasmtime-current',
  uncounted: 2,
  functions: [
    { name: 'app::main', file: '/app/src/main.rs', line: 3, calls: 1, self: 20, total: 32 },
    { name: 'leaf', file: null, line: null, calls: 5, self: 12, total: 12 },
  ],
  lines: [{ file: '/app/src/main.rs', line: 4, self: 20, total: 20 }],
  unattributed: 12,
  crates: [
    { origin: 'yours', name: '', self: 20 },
    { origin: 'unknown', name: '', self: 12 },
  ],
  stacks: [
    { frames: [0], self: 20, calls: 1 },
    { frames: [0, 1], self: 12, calls: 5 },
  ],
};

describe('A saved profile', () => {
  it('is read as it was written', () => {
    assert.deepEqual(readProfile(exporterFor('a.json')!(profile, 'app')), profile);
  });

  it("is read from speedscope's format, as far as that goes", () => {
    const read = readProfile(exporterFor('a.speedscope.json')!(profile, 'app'));
    assert.equal(read.fuel, 32);
    assert.equal(read.fuelModel, 'wasmtime-current');
    assert.deepEqual(
      read.functions.map(({ name, line, self, total }) => [name, line, self, total]),
      [
        ['app::main', 3, 20, 32],
        ['leaf', null, 12, 12],
      ],
    );
    assert.deepEqual(read.crates, profile.crates);
  });

  it('is read from folded stacks, as far as those go', () => {
    const read = readProfile(exporterFor('a.folded')!(profile, 'app'));
    assert.deepEqual([read.fuel, read.unattributed], [32, 32]);
    assert.deepEqual(
      read.functions.map(({ name, line, self, total }) => [name, line, self, total]),
      [
        ['app::main', null, 20, 32],
        ['leaf', null, 12, 12],
      ],
    );
    assert.deepEqual(
      read.stacks.map(({ frames, self }) => [frames, self]),
      [
        [[0], 20],
        [[0, 1], 12],
      ],
    );
  });

  it('is refused where it is something else', () => {
    const broken = { ...profile, functions: [{ name: 1 }] };
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      '{"fuel":1}',
      'a;b 1\nc',
      JSON.stringify(broken),
      '{"profiles":[{}]}',
    ]) {
      assert.throws(() => readProfile(text), /no profile/, text);
    }
  });
});

describe('A profile for the panel', () => {
  it('has its stacks as a tree, and its places without folders of this machine', () => {
    const { tree, functions, lines } = panelProfile(profile, {
      id: 3,
      title: 'app',
      canRebuild: false,
      folders: ['/app'],
    });
    assert.deepEqual(tree, { functions: [0, 1], parents: [-1, 0], self: [20, 12], calls: [1, 5] });
    assert.deepEqual([functions[0]?.place, functions[1]?.place], ['src/main.rs:3', null]);
    assert.deepEqual(lines, [{ place: 'src/main.rs:4', origin: 'yours', self: 20, total: 20 }]);
  });
});
