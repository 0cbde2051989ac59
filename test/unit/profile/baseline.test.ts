import assert from 'node:assert/strict';
import {
  type Baseline,
  type BaselineCase,
  baselineText,
  compareCase,
  dearestFunctions,
  readBaseline,
} from '../../../src/profile/baseline.ts';
import type { Profile } from '../../../src/shared/profile.ts';

function kept(name: string, fuel: number, more: Partial<BaselineCase> = {}): BaselineCase {
  const target = 'wasm32-wasip1';
  return { name, target, fuelModel: 'wasmtime-28', rustc: 'rustc 1.95.0', fuel, functions: [], ...more };
}

const baseline = (...cases: BaselineCase[]): Baseline => ({ version: 1, cases });

describe('The baseline of a crate', () => {
  it('is written in one order, and keeps cases that were not run', () => {
    const text = baselineText([kept('b', 2), kept('Ä', 3)], baseline(kept('b', 1), kept('a', 1)));
    const read = readBaseline(text, 'fuel.json');
    assert.deepEqual(
      read.cases.map(({ name, fuel }) => [name, fuel]),
      [
        ['a', 1],
        ['b', 2],
        ['Ä', 3],
      ],
    );
    assert.equal(baselineText(read.cases, null), text);
  });

  it('has the dearest functions by name, copies as one, without folders of this machine', () => {
    const of = (name: string, self: number, file: string | null = null) => {
      return { name, file, line: null, calls: 1, self, total: self };
    };
    const functions = Array.from({ length: 40 }, (_, n) => of(`f${n}`, n));
    const profile = {
      functions: [of('main', 500, '/me/app/src/main.rs'), of('main', 5, '/me/app/src/main.rs'), ...functions],
    } as unknown as Profile;
    const dearest = dearestFunctions(profile, ['/me/app']);
    assert.equal(dearest.length, 25);
    assert.deepEqual(dearest.at(-1), { name: 'main', file: 'src/main.rs', calls: 2, self: 505 });
    assert.ok(!dearest.some(({ name }) => name === 'f1'));
  });

  it('refuses a file that is something else, and says how to write it', () => {
    for (const text of ['', '{}', '{"version":2,"cases":[]}', '{"version":1,"cases":[{"name":"a"}]}']) {
      assert.throws(() => readBaseline(text, 'fuel.json'), /no baseline/, text);
    }
  });
});

describe('A case against the baseline', () => {
  const regressed = (fuel: number, tolerance: number) =>
    compareCase(kept('a', fuel), baseline(kept('a', 1000)), tolerance).regressed;

  it('may cost what the tolerance allows, and not a unit more', () => {
    assert.equal(regressed(1000, 0), false);
    assert.equal(regressed(1001, 0), true);
    assert.equal(regressed(1050, 0.05), false);
    assert.equal(regressed(1051, 0.05), true);
    assert.equal(regressed(1, 0), false);
  });

  it("can't be compared with another model, another target, or nothing", () => {
    const against = (before: BaselineCase) => compareCase(kept('a', 1), baseline(before), 1);
    assert.match(against(kept('a', 1, { fuelModel: 'wasmtime-current' })).incomparable ?? '', /current/);
    assert.match(against(kept('a', 1, { target: 'wasm32-wasip2' })).incomparable ?? '', /wasip2/);
    assert.match(against(kept('b', 1)).incomparable ?? '', /not in the baseline/);
    assert.equal(against(kept('b', 1)).regressed, true);
    assert.equal(against(kept('a', 1, { rustc: 'rustc 1.80.0' })).otherRustc, 'rustc 1.80.0');
  });

  it('says which functions changed, and nothing of those that one side left out', () => {
    const f = (name: string, self: number) => ({ name, file: null, calls: 1, self });
    const { functions } = compareCase(
      kept('a', 2, { functions: [f('new', 9), f('same', 1), f('up', 30), f('down', 1)] }),
      baseline(kept('a', 1, { functions: [f('down', 5), f('same', 1), f('up', 10)] })),
      0,
    );
    assert.deepEqual(
      functions.map(({ name, self }) => [name, self.difference]),
      [
        ['up', 20],
        ['down', -4],
      ],
    );
  });
});
