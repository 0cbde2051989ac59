import assert from 'node:assert/strict';
import { compareProfiles } from '../../../src/profile/compareProfiles.ts';
import type { Profile } from '../../../src/shared/profile.ts';

type Row = readonly [name: string, file: string | null, self: number, calls?: number];

function profile(rows: readonly Row[], lines: Profile['lines'] = [], more: Partial<Profile> = {}): Profile {
  return {
    fuel: rows.reduce((sum, [, , self]) => sum + self, 0),
    fuelModel: 'wasmtime-28',
    uncounted: 0,
    functions: rows.map(([name, file, self, calls = 1], n) => {
      return { name, file, line: file === null ? null : n + 1, calls, self, total: self };
    }),
    lines,
    unattributed: 0,
    crates: [],
    stacks: [],
    ...more,
  };
}

describe('Comparing two profiles', () => {
  it('has what got dearer and what got cheaper, the largest difference first', () => {
    const { fuel, functions, incomparable } = compareProfiles(
      {
        profile: profile([
          ['main', 'src/main.rs', 10],
          ['slow', 'src/main.rs', 900, 30],
          ['gone', null, 5],
          ['same', null, 7],
        ]),
      },
      {
        profile: profile([
          ['main', 'src/main.rs', 12],
          ['slow', 'src/main.rs', 300, 30],
          ['same', null, 7],
          ['new', null, 20, 2],
        ]),
      },
    );
    assert.equal(incomparable, null);
    assert.deepEqual(fuel, { before: 922, after: 339, difference: -583, share: -583 / 922 });
    assert.deepEqual(
      functions.map(({ name, self, calls }) => [name, self.difference, self.share, calls.difference]),
      [
        ['slow', -600, -600 / 900, 0],
        ['new', 20, null, 2],
        ['gone', -5, -1, -1],
        ['main', 2, 0.2, 0],
      ],
    );
  });

  it('knows a function by its name and file, wherever they lie on the machine and in the file', () => {
    const registry = (user: string, version: string) =>
      `/home/${user}/.cargo/registry/src/index-0a1b/serde_json-${version}/src/de.rs`;
    const { functions, lines } = compareProfiles(
      {
        profile: profile(
          [
            ['parse', registry('a', '1.0.1'), 5],
            ['run', '/a/app/src/main.rs', 5],
          ],
          [{ file: '/a/app/src/main.rs', line: 4, self: 5, total: 5 }],
        ),
        folders: ['/a/app'],
      },
      {
        profile: profile(
          [
            ['run', 'D:\\b\\app\\src\\main.rs', 6],
            ['parse', registry('b', '1.0.2'), 8],
          ],
          [{ file: 'D:\\b\\app\\src\\main.rs', line: 4, self: 6, total: 6 }],
        ),
        folders: ['D:\\b\\app'],
      },
    );
    assert.deepEqual(
      functions.map(({ name, file, line, origin, self }) => [name, file, line, origin, self.difference]),
      [
        ['parse', 'serde_json/src/de.rs', 2, 'dependency', 3],
        ['run', 'src/main.rs', 1, 'yours', 1],
      ],
    );
    assert.deepEqual(
      lines.map(({ file, line, self }) => [file, line, self.before, self.after]),
      [['src/main.rs', 4, 5, 6]],
    );
  });

  it('takes copies of a function together', () => {
    const twice: Row[] = [
      ['closure', 'src/main.rs', 5],
      ['closure', 'src/main.rs', 6],
    ];
    const { functions } = compareProfiles(
      { profile: profile(twice) },
      { profile: profile([['closure', 'src/main.rs', 12, 2]]) },
    );
    assert.deepEqual(
      functions.map(({ self }) => [self.before, self.after]),
      [[11, 12]],
    );
  });

  it('says where two models make the numbers differ', () => {
    const other = profile([], [], { fuelModel: 'wasmtime-current' });
    assert.match(compareProfiles({ profile: profile([]) }, { profile: other }).incomparable ?? '', /models/);
  });
});
