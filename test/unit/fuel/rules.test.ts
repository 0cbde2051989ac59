import assert from 'node:assert/strict';
import { run } from './metered.ts';

/** Units of a function `f` that takes i32 parameters; the numbers in the tests are worked out by docs/fuel.md. */
const cost = (text: string, ...args: number[]): number => run(text).cost('f', ...args);

describe('Fuel: what operators cost', () => {
  it('charges a unit at function entry, whatever the body', () => {
    assert.equal(cost('(module (func (export "f")))'), 1);
  });

  it('charges one for every operator but the free ones', () => {
    assert.equal(cost('(module (func (export "f") (drop (i32.add (i32.const 1) (i32.const 2)))))'), 1 + 3);
    assert.equal(cost('(module (func (export "f") nop (block (nop)) (loop (nop)) (return)))'), 1);
    assert.equal(cost('(module (func (export "f") (param i32) (if (local.get 0) (then (nop)))))', 0), 1 + 2);
  });

  it('charges what was done before an unreachable, which is free', () => {
    assert.equal(cost('(module (func (export "f") (drop (i32.const 1)) (unreachable)))'), 1 + 1);
  });
});

describe('Fuel: paths', () => {
  const either = `(module (func (export "f") (param i32)
    (if (local.get 0) (then (drop (i32.const 1))) (else (drop (i32.const 1)) (drop (i32.const 1))))
    (drop (i32.const 1))))`;
  it('charges the branch that is taken', () => {
    assert.equal(cost(either, 1), 1 + 2 + 1 + 1);
    assert.equal(cost(either, 0), 1 + 2 + 2 + 1);
  });

  it('charges nothing for a then that is left out', () => {
    const text = `(module (func (export "f") (param i32)
      (if (local.get 0) (then (drop (i32.const 1)))) (drop (i32.const 1))))`;
    assert.equal(cost(text, 1), 1 + 2 + 1 + 1);
    assert.equal(cost(text, 0), 1 + 2 + 1);
  });

  it('charges a br_if whether or not it is taken, and what it skips only when not', () => {
    const text = `(module (func (export "f") (param i32)
      (block (br_if 0 (local.get 0)) (drop (i32.const 1))) (drop (i32.const 1))))`;
    assert.equal(cost(text, 1), 1 + 2 + 1);
    assert.equal(cost(text, 0), 1 + 2 + 1 + 1);
  });

  it('charges each target of a br_table for its own code', () => {
    const text = `(module (func (export "f") (param i32)
      (block (block (block (br_table 0 1 2 (local.get 0))) (drop (i32.const 1))) (drop (i32.const 1)))
      (drop (i32.const 1))))`;
    assert.deepEqual([cost(text, 0), cost(text, 1), cost(text, 2)], [1 + 2 + 3, 1 + 2 + 2, 1 + 2 + 1]);
  });

  it('charges a loop by its rounds, with parameters as without', () => {
    const text = `(module (func (export "f") (param i32) (result i32)
      (local.get 0)
      (loop (param i32) (result i32)
        (local.tee 0 (i32.sub (i32.const 1))) (br_if 0 (local.get 0)))))`;
    assert.equal(cost(text, 1), 1 + 1 + 5);
    assert.equal(cost(text, 5), 1 + 1 + 5 * 5);
  });

  it('charges no code that the validator calls unreachable', () => {
    assert.equal(cost('(module (func (export "f") (return) (drop (i32.const 1)) (drop (i32.const 1))))'), 1);
    const dead =
      '(module (func (export "f") (block (loop (br 1) (drop (i32.const 1)))) (drop (i32.const 1))))';
    assert.equal(cost(dead), 1 + 1 + 1);
    // A loop's own label leads to its head, so its end stays unreachable, and all that follows it.
    const after = `(module (func (export "f") (param i32) (block
      (loop (br_if 1 (local.get 0)) (local.set 0 (i32.const 1)) (br 0)) (drop (i32.const 1))) (drop (i32.const 1))))`;
    assert.equal(cost(after, 0), 1 + 2 + 2 + 1 + 2 + 1);
    const nested =
      '(module (func (export "f") (block (br 0) (block (br 0) (if (i32.const 1) (then) (else))))))';
    assert.equal(cost(nested), 1 + 1);
  });

  it('goes on after an if whose branches end differently', () => {
    const thenEnds = `(module (func (export "f") (param i32) (block
      (if (local.get 0) (then (br 1)) (else (drop (i32.const 1)))) (drop (i32.const 1)))))`;
    assert.deepEqual([cost(thenEnds, 1), cost(thenEnds, 0)], [1 + 2 + 1, 1 + 2 + 1 + 1]);
    const elseEnds = `(module (func (export "f") (param i32) (block
      (if (local.get 0) (then (drop (i32.const 1))) (else (br 1))) (drop (i32.const 1)))))`;
    assert.deepEqual([cost(elseEnds, 1), cost(elseEnds, 0)], [1 + 2 + 1 + 1, 1 + 2 + 1]);
  });

  it('charges a branch out of the function, with results, like any other', () => {
    const text = `(module (func (export "f") (param i32) (result i32 i32)
      (i32.const 7) (i32.const 8) (br_if 0 (local.get 0)) (drop) (i32.const 9)))`;
    assert.deepEqual([cost(text, 1), cost(text, 0)], [1 + 4, 1 + 4 + 1]);
    assert.deepEqual(run(text).call('f', 1), [7, 8]);
    assert.deepEqual(run(text).call('f', 0), [7, 9]);
  });
});

describe('Fuel: what a trap leaves', () => {
  it('keeps the last count that was written, not what has been done since', () => {
    const trap = '(drop (i32.const 1)) (drop (i32.load (i32.const -1)))';
    assert.equal(cost(`(module (memory 1) (func (export "f") ${trap}))`), 0);
    const called = `(module (memory 1) (func $g) (func (export "f") (drop (i32.const 1)) (call $g) ${trap}))`;
    assert.equal(cost(called), 1 + 1 + 1 + 1);
    const inCallee = `(module (memory 1) (func $g (param i32) ${trap}) (func (export "f") (call $g (i32.const 1))))`;
    assert.equal(cost(inCallee), 1 + 1 + 1);
    const afterLoop = `(module (memory 1) (func $g) (func (export "f") (call $g) (loop (drop (i32.const 1))) ${trap}))`;
    assert.equal(cost(afterLoop), 1 + 1 + 1);
  });

  it('writes the count in every callee that returns', () => {
    const text = `(module (memory 1) (func $g (drop (i32.const 1)) (drop (i32.const 1)))
      (func (export "f") (call $g) (drop (i32.const 1)) (unreachable)))`;
    assert.equal(cost(text), 1 + 1 + 1 + 2 + 1);
  });

  it('adds and writes the unit of an access that can never be in bounds, and ends the path there', () => {
    const access = (maximum: string, offset: number) =>
      cost(`(module (memory 1 ${maximum}) (func (export "f")
        (drop (i32.load offset=${offset} (i32.const 0))) (drop (i32.const 1))))`);
    assert.equal(access('2', 2 * 65536 - 3), 1 + 2);
    assert.equal(access('2', 2 * 65536 - 4), 0, 'in bounds by the maximum: an ordinary trap');
    assert.equal(access('', 0xffff_fffc), 0);
    assert.equal(access('', 0xffff_fffd), 1 + 2);
  });

  it('counts by the declared maximum where the limit is lower', () => {
    const text = `(module (memory 1 200) (func (export "f") (drop (i32.load offset=8000000 (i32.const 0)))))`;
    assert.equal(run(text, { memoryLimitPages: 10 }).cost('f'), 0);
  });
});

describe('Fuel: calls', () => {
  const fib = `(module (func $fib (export "f") (param i32) (result i32)
    (if (result i32) (i32.lt_s (local.get 0) (i32.const 2))
      (then (local.get 0))
      (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1)))
                     (call $fib (i32.sub (local.get 0) (i32.const 2))))))))`;
  it('carries the count through recursion', () => {
    // fib(10) is 177 calls, 89 of which end at once.
    assert.equal(cost(fib, 10), 89 * (1 + 4 + 1) + 88 * (1 + 4 + 9));
    assert.equal(run(fib).call('f', 10), 55);
  });

  it('shows the count to the host during a call, and takes over what the host adds', () => {
    const seen: number[] = [];
    const ours = run(
      `(module (import "h" "h" (func $h)) (func (export "f") (drop (i32.const 1)) (call $h) (drop (i32.const 1)) (call $h)))`,
      { imports: { h: { h: () => seen.push(ours.used()) } } },
    );
    assert.equal(ours.cost('f'), 1 + 2 + 2);
    assert.deepEqual(seen, [3, 5]);
  });

  it('shows it to a host function that is called through a table, too', () => {
    const seen: number[] = [];
    const ours = run(
      `(module (type $t (func)) (import "h" "h" (func $h)) (table funcref (elem $h))
        (func (export "f") (drop (i32.const 1)) (call_indirect (type $t) (i32.const 0)) (drop (i32.const 1)))
        (func (export "tail") (return_call_indirect (type $t) (i32.const 0))))`,
      { imports: { h: { h: () => seen.push(ours.used()) } } },
    );
    assert.equal(ours.cost('f'), 1 + 3 + 1);
    assert.equal(ours.cost('tail'), 1 + 2);
    assert.deepEqual(seen, [4, 5 + 3]);
  });

  it('counts through tables, direct and tail calls alike', () => {
    const text = (call: string) => `(module (type $t (func (param i32) (result i32)))
      (table funcref (elem $g)) (func $g (type $t) (local.get 0))
      (func (export "f") (param i32) (result i32) ${call}))`;
    assert.equal(cost(text('(call_indirect (type $t) (local.get 0) (i32.const 0))'), 5), 1 + 3 + 2);
    assert.equal(cost(text('(return_call $g (local.get 0))'), 5), 1 + 2 + 2);
    assert.equal(cost(text('(return_call_indirect (type $t) (local.get 0) (i32.const 0))'), 5), 1 + 3 + 2);
    assert.equal(run(text('(return_call $g (local.get 0))')).call('f', 5), 5);
  });

  it('keeps tail calls from growing the stack', () => {
    const text = `(module (func $f (export "f") (param i32) (result i32)
      (if (i32.eqz (local.get 0)) (then (return (i32.const 42))))
      (return_call $f (i32.sub (local.get 0) (i32.const 1)))))`;
    assert.equal(run(text, { limit: 1e9 }).call('f', 1_000_000), 42);
    assert.equal(cost(text, 10), 10 * (1 + 3 + 4) + (1 + 3 + 1));
  });
});

describe('Fuel: the limit', () => {
  const loop = `(module (func $g (nop)) (func (export "f") (param i32)
    (loop (call $g) (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))`;

  it('stops at function entry and at loop headers, with the whole limit consumed', () => {
    const full = cost(loop, 3);
    assert.equal(full, 1 + 3 * (1 + 1 + 5));
    for (let limit = 1; limit <= full + 2; limit++) {
      // Checks are at 1, then for each round at the header and, two units on, at the entry of $g.
      const ours = run(loop, { limit });
      const checks = [1, 1, 3, 8, 10, 15, 17];
      const stops = checks.some((consumed) => consumed >= limit);
      assert.equal(ours.call('f', 3), stops ? 'out of fuel' : undefined, `limit ${limit}`);
    }
  });

  it('lets straight-line code run past the limit, and tells its own trap from running out', () => {
    const text = '(module (func (export "f") (drop (i32.const 1)) (drop (i32.const 1)) (unreachable)))';
    assert.equal(run(text, { limit: 2 }).call('f'), 'trap');
    assert.equal(run(text, { limit: 1 }).call('f'), 'out of fuel');
  });
});

describe('Fuel: wasmtime-current', () => {
  const current = { model: 'wasmtime-current' } as const;
  const fill = (size: string) =>
    `(module (memory 1) (func (export "f") (param i32) (memory.fill (i32.const 0) (i32.const 0) ${size})))`;

  it('charges bulk operators by their size', () => {
    assert.equal(run(fill('(local.get 0)'), current).cost('f', 1000), 1 + 4 + 1000);
    assert.equal(run(fill('(i32.const 100)'), current).cost('f', 0), 1 + 4 + 100);
    assert.equal(run(fill('(i32.const 1000)'), current).cost('f', 0), 1 + 4 + 1000);
    assert.equal(run(fill('(local.get 0)')).cost('f', 1000), 1 + 4);
  });

  it('checks after an operator unless its size is a constant of 128 at most', () => {
    const afterwards = `(module (memory 1) (func (export "f") (param i32)
      (memory.fill (i32.const 0) (i32.const 0) (local.get 0)) (unreachable)))`;
    assert.equal(run(afterwards, { ...current, limit: 50 }).call('f', 100), 'out of fuel');
    assert.equal(run(afterwards, { ...current, limit: 500 }).call('f', 100), 'trap');
    const constant = `(module (memory 1) (func (export "f")
      (memory.fill (i32.const 0) (i32.const 0) (i32.const 128)) (unreachable)))`;
    assert.equal(run(constant, { ...current, limit: 50 }).call('f'), 'trap');
    assert.equal(run(constant.replace('128', '129'), { ...current, limit: 50 }).call('f'), 'out of fuel');
  });

  it('charges nothing for an operator that traps', () => {
    assert.equal(run(fill('(local.get 0)'), current).cost('f', 70_000), 0);
  });

  it('charges growth when it succeeds', () => {
    const text = `(module (memory 1 3) (table 1 9 funcref)
      (func (export "f") (param i32) (result i32) (memory.grow (local.get 0)))
      (func (export "t") (param i32) (result i32) (table.grow (ref.null func) (local.get 0))))`;
    const ours = run(text, current);
    assert.equal(ours.cost('f', 2), 1 + 2 + 2);
    assert.equal(ours.cost('f', 2), 1 + 2);
    assert.equal(ours.cost('t', 4), 1 + 3 + 4);
    assert.equal(ours.call('t', 100), -1);
    assert.equal(ours.call('t', 1), 5);
  });
});
