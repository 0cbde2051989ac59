import assert from 'node:assert/strict';
import {
  type Baseline,
  type BaselineCase,
  baselineText,
  compareCase,
  keptFunctions,
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
    const kept = keptFunctions(profile, ['/me/app']);
    assert.equal(kept.length, 25);
    assert.deepEqual(kept.at(-1), { name: 'main', file: 'src/main.rs', calls: 2, self: 505, own: true });
    assert.ok(!kept.some(({ name }) => name === 'f1'));
  });

  it("has the user's own functions, however cheap, up to a bound, and others' where they are dear", () => {
    const of = (file: string) => (name: string, self: number) => {
      return { name, file, line: 1, calls: 1, self, total: self };
    };
    const [own, std] = ['/me/app/src/lib.rs', '/rustc/0123abc/library/core/src/num.rs'].map(of);
    const others = Array.from({ length: 40 }, (_, n) => std!(`std${n}`, 1000 + n));
    const kept = (count: number) => {
      const functions = [...others, ...Array.from({ length: count }, (_, n) => own!(`own${n}`, n))];
      return keptFunctions({ functions } as unknown as Profile, ['/me/app']);
    };
    const few = kept(60);
    assert.equal(few.length, 25 + 60);
    assert.deepEqual(few[0], { name: 'own0', file: 'src/lib.rs', calls: 1, self: 0, own: true });
    assert.equal(few.filter((one) => one.own).length, 60);
    assert.equal(kept(600).length, 25 + 500);
    assert.ok(!kept(600).some(({ name }) => name === 'own99'));
  });

  it('is read as it was written before it told whose the functions are', () => {
    const old = baseline(kept('a', 1, { functions: [{ name: 'f', file: null, calls: 1, self: 1 }] }));
    assert.deepEqual(readBaseline(JSON.stringify(old), 'fuel.json'), old);
    const odd = JSON.stringify(old).replace('"self":1', '"self":1,"own":"yes"');
    assert.throws(() => readBaseline(odd, 'fuel.json'), /no baseline/);
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

  it('knows what a function of the user’s own cost that a side lacks: nothing, as it did not run', () => {
    const f = (name: string, self: number, own = true) => {
      return { name, file: 'src/main.rs', calls: 1, self, ...(own && { own: true as const }) };
    };
    const before = [f('gone', 7), f('main', 1), f('std', 5, false)];
    const now = [f('main', 1), f('new', 9)];
    const against = (old: BaselineCase['functions']) => {
      const { functions } = compareCase(
        kept('a', 2, { functions: now }),
        baseline(kept('a', 1, { functions: old })),
        0,
      );
      return functions.map(({ name, own, self }) => [name, own, self.before, self.after]);
    };
    assert.deepEqual(against(before), [
      ['new', true, 0, 9],
      ['gone', true, 7, 0],
    ]);
    // Of a baseline that kept only the dearest that is not known.
    assert.deepEqual(against(before.map(({ name, self }) => f(name, self, false))), []);
  });
});
