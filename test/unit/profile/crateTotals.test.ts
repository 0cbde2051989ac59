import assert from 'node:assert/strict';
import { withTotals } from '../../../src/profile/crateTotals.ts';

const std = '/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/rt.rs';
const regex = '/root/.cargo/registry/src/index-1949/regex-1.2.3/src/lib.rs';

describe('What was done for a crate', () => {
  it('has what it called, once where it calls itself through others', () => {
    const costs = { line: 1, calls: 1, self: 0, total: 0 };
    const functions = [std, 'src/main.rs', regex].map((file) => ({ ...costs, name: file, file }));
    const stack = (frames: readonly number[], self: number) => ({ frames, self, calls: 1 });
    const totals = withTotals(
      [
        { origin: 'yours', name: '', self: 7 },
        { origin: 'std', name: 'std', self: 3 },
        { origin: 'std', name: 'core', self: 5 },
        { origin: 'dependency', name: 'regex', self: 90 },
      ],
      functions,
      [stack([0], 3), stack([0, 1], 5), stack([0, 1, 2], 90), stack([0, 1, 2, 1], 7)],
    );
    assert.deepEqual(
      totals.map(({ name, total }) => [name, total]),
      [
        ['', 102],
        ['std', 105],
        // Code of its lines is inlined in functions of others.
        ['core', 5],
        ['regex', 97],
      ],
    );
  });
});
