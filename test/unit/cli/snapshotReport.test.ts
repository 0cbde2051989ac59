import assert from 'node:assert/strict';
import { renderSnapshot } from '../../../src/cli/snapshotReport.ts';
import { type BaselineCase, compareCase } from '../../../src/profile/baseline.ts';

describe('The table of what got dearer', () => {
  it("has the user's own functions, though many others changed by more, and tells how many it left out", () => {
    const caseOf = (of: (n: number) => number): BaselineCase => ({
      name: 'all',
      target: 'wasm32-wasip1',
      fuelModel: 'wasmtime-28',
      rustc: 'rustc 1.95.0',
      fuel: of(1000),
      functions: Array.from({ length: 40 }, (_, n) => {
        const own = n < 12;
        const file = own ? 'src/main.rs' : 'core/src/num.rs';
        return { name: `f${n}`, file, calls: 1, self: of(n), ...(own && { own: true as const }) };
      }),
    });
    const now = caseOf((n) => 100 + 2 * n);
    const change = compareCase(now, { version: 1, cases: [caseOf((n) => 100 + n)] }, 0);
    const cases = [{ name: 'all', now, error: null, change }];
    const text = renderSnapshot({ checked: true, path: 'fuel.json', tolerance: 0, cases });
    const rows = text.split('\n').filter((line) => line.includes('.rs'));
    // `f0` costs the same.
    const names = rows.map((row) => / (f\d+) /.exec(row)?.[1]);
    assert.deepEqual(
      names.slice(0, 10),
      Array.from({ length: 10 }, (_, n) => `f${39 - n}`),
    );
    assert.deepEqual(
      names.slice(10),
      Array.from({ length: 10 }, (_, n) => `f${11 - n}`),
    );
    assert.match(text, /\n {4}… and 19 more, with --json\n/);
  });
});
