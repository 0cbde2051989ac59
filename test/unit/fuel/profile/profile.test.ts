import assert from 'node:assert/strict';
import { createCoreEngine } from '../../../../src/executor/engine/createEngine.ts';
import { eachCost, sizedCosts } from '../../../../src/profile/moduleCosts.ts';
import { readLayout } from '../../../../src/fuel/layout.ts';
import { meter } from '../../../../src/fuel/meter.ts';
import { operatorTables } from '../../../../src/fuel/opcodes.ts';
import { hiddenExports, makePlan } from '../../../../src/fuel/plan.ts';
import { countingPoints } from '../../../../src/fuel/profile/countingPoints.ts';
import type { ModuleCounts } from '../../../../src/fuel/profile/counts.ts';
import { ModuleProfiler } from '../../../../src/fuel/profile/profiling.ts';
import { beyondTheTree } from '../../../../src/fuel/profile/readTree.ts';
import type { FuelModel } from '../../../../src/shared/fuelModel.ts';
import { defaultLimits } from '../../../../src/shared/limits.ts';
import { assemble } from '../assemble.ts';
import { programs } from './programs.ts';
import { stepped, stepsOf } from './steps.ts';

interface Run {
  readonly fuel: number;
  readonly modules: readonly ModuleCounts[];
}

/** Calls `f` of a profiled module, whatever comes of it. */
async function profiled(
  text: string,
  args: readonly number[],
  maxInstructions = 1_000_000,
  model: FuelModel = 'wasmtime-28',
): Promise<Run> {
  const limits = { ...defaultLimits, maxInstructions };
  const engine = createCoreEngine({ fuelModel: model, limits, profile: 'code and calls' });
  const [module] = await engine.compile([{ name: 'module[0]', bytes: assemble(text) }]);
  const { exports } = engine.instantiate(module!, {});
  call(exports, args);
  return { fuel: engine.fuelUsed(), modules: engine.counts()!.modules };
}

function call(exports: WebAssembly.Exports, args: readonly number[]): void {
  try {
    (exports['f'] as (...args: number[]) => unknown)(...args);
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError) && !(error instanceof RangeError)) throw error;
  }
}

/** Units by the offset of the operator. */
function costs({ modules }: Run): Map<number, number> {
  const found = new Map<number, number>();
  const add = (offset: number, units: number) => found.set(offset, (found.get(offset) ?? 0) + units);
  for (const counted of modules) {
    counted.points.bodies.forEach((_start, index) => eachCost(counted, index, add));
    for (const { offset, units } of sizedCosts(counted)) if (units > 0) add(offset, units);
  }
  return new Map([...found].sort(([a], [b]) => a - b));
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0);

describe('Profile: operators', () => {
  for (const { name, text, args } of programs) {
    it(`counts each operator as single steps do: ${name}`, async () => {
      const run = await profiled(text, args);
      const instance = new WebAssembly.Instance(new WebAssembly.Module(stepped(assemble(text))));
      call(instance.exports, args);
      assert.deepEqual(
        [...costs(run)],
        [...stepsOf(instance)].sort(([a], [b]) => a - b),
      );
    });

    it(`adds up to the fuel, by operator and by node of the call tree: ${name}`, async () => {
      for (const model of ['wasmtime-28', 'wasmtime-current'] as const) {
        const run = await profiled(text, args, 1_000_000, model);
        assert.ok(run.fuel > 0);
        assert.equal(sum(costs(run).values()), run.fuel);
        assert.equal(sum(run.modules[0]!.trees[0]!.map(({ self }) => self)), run.fuel);
      }
    });
  }

  it('has all that was executed where the fuel ran out, the limit and what ran past it', async () => {
    const run = await profiled('(module (func (export "f") (loop (br 0))))', [], 1000);
    assert.equal(run.fuel, 1000);
    // The function's unit and a `br` for each round; the check comes after each.
    assert.deepEqual([...costs(run).values()], [1, 999]);
  });

  it('has the whole size of the operator that the fuel ran out at', async () => {
    const fill = `(module (memory 2) (func (export "f") (param i32)
      (memory.fill (i32.const 0) (i32.const 1) (local.get 0)) (drop (i32.const 1))))`;
    const run = await profiled(fill, [100_000], 1000, 'wasmtime-current');
    assert.equal(run.fuel, 1000);
    assert.equal(sum(costs(run).values()), 1 + 4 + 100_000);
  });

  it('has the loop that a trap ended, which the fuel lacks', async () => {
    const run = await profiled(
      `(module (memory 1) (func (export "f") (local i32)
        (loop (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br_if 0 (i32.lt_u (local.get 0) (i32.const 10))))
        (drop (i32.load (i32.const -1)))))`,
      [],
    );
    assert.equal(run.fuel, 0, 'nothing is written before the first call');
    assert.equal(sum(costs(run).values()), 1 + 10 * 8);
  });
});

describe('Profile: the call tree', () => {
  const nodes = ({ modules }: Run) => modules[0]!.trees[0]!;

  it('tells contexts apart', async () => {
    const run = await profiled(
      `(module (func $leaf) (func $one (call $leaf)) (func $two (call $leaf) (call $leaf))
        (func (export "f") (call $one) (call $two) (call $one)))`,
      [],
    );
    const found = nodes(run).map(({ function: index, parent, calls }) => {
      return [index, nodes(run)[parent]?.function ?? null, calls];
    });
    assert.deepEqual(found, [
      [-1, null, 0],
      [3, -1, 1],
      [1, 3, 2],
      [0, 1, 2],
      [2, 3, 1],
      [0, 2, 2],
    ]);
  });

  it('folds recursion, direct and through others', async () => {
    const run = await profiled(
      `(module (func $even (param i32) (if (local.get 0) (then (call $odd (i32.sub (local.get 0) (i32.const 1))))))
        (func $odd (param i32) (if (local.get 0) (then (call $even (i32.sub (local.get 0) (i32.const 1))))))
        (func (export "f") (call $even (i32.const 1000))))`,
      [],
    );
    assert.deepEqual(
      nodes(run).map(({ function: index, calls }) => [index, calls]),
      [
        [-1, 0],
        [2, 1],
        [0, 501],
        [1, 500],
      ],
    );
  });

  it('begins anew with each call from outside', async () => {
    const engine = createCoreEngine({
      fuelModel: 'wasmtime-28',
      limits: defaultLimits,
      profile: 'code and calls',
    });
    const text = `(module (func $leaf) (func (export "f") (param i32)
      (block (br_if 0 (local.get 0)) (return)) (call $leaf)) (func (export "g")))`;
    const [module] = await engine.compile([{ name: 'module[0]', bytes: assemble(text) }]);
    const { exports } = engine.instantiate(module!, {}) as { exports: Record<string, (n?: number) => void> };
    exports['f']!(0);
    exports['g']!();
    exports['f']!(1);
    exports['g']!();
    const [tree] = engine.counts()!.modules[0]!.trees;
    assert.deepEqual(
      tree!.map(({ function: index, parent, calls }) => [index, parent, calls]),
      [
        [-1, -1, 0],
        [1, 0, 2],
        [2, 0, 2],
        [0, 1, 1],
      ],
    );
  });

  it('has what the host calls beneath the call that asked for it, each time', async () => {
    const engine = createCoreEngine({
      fuelModel: 'wasmtime-28',
      limits: defaultLimits,
      profile: 'code and calls',
    });
    const text = `(module (import "h" "again" (func $again)) (func $leaf) (func $other (call $leaf))
      (func (export "g") (call $leaf)) (func (export "f") (call $again) (call $leaf) (call $other)))`;
    const [module] = await engine.compile([{ name: 'module[0]', bytes: assemble(text) }]);
    const instance = engine.instantiate(module!, {
      h: {
        again: () => {
          (instance.exports['g'] as () => void)();
          (instance.exports['g'] as () => void)();
        },
      },
    });
    (instance.exports['f'] as () => void)();
    const [tree] = engine.counts()!.modules[0]!.trees;
    const found = tree!.map(({ function: index, parent, calls }) => [index, tree![parent]?.function, calls]);
    assert.deepEqual(found, [
      [-1, undefined, 0],
      [3, -1, 1],
      [2, 3, 2],
      [0, 2, 2],
      [0, 3, 1],
      [1, 3, 1],
      [0, 1, 1],
    ]);
  });

  it('begins anew after a function took the place of the one that the host called', async () => {
    const engine = createCoreEngine({
      fuelModel: 'wasmtime-28',
      limits: defaultLimits,
      profile: 'code and calls',
    });
    const text = `(module (func $rest (drop (i32.const 1))) (func (export "f") (return_call $rest)) (func (export "g")))`;
    const [module] = await engine.compile([{ name: 'module[0]', bytes: assemble(text) }]);
    const { exports } = engine.instantiate(module!, {}) as { exports: Record<string, () => void> };
    exports['f']!();
    exports['g']!();
    const { counts, points, trees } = engine.counts()!.modules[0]!;
    const found = trees[0]!.map(({ function: index, parent, calls }) => [index, parent, calls]);
    assert.deepEqual(found, [
      [-1, -1, 0],
      [1, 0, 1],
      [0, 0, 1],
      [2, 0, 1],
    ]);
    assert.equal(counts.length, points.at.length);
  });

  it('tells apart what the same function calls from code of another context', () => {
    const bytes = assemble(
      `(module (func $leaf) (func $f (export "f") (call $leaf) (call $leaf) (call $leaf) (call $f2)) (func $f2 (call $leaf)))`,
    );
    const layout = readLayout(bytes);
    const options = { model: 'wasmtime-28', memoryLimitPages: 1, counter: 'defined', name: 'm' } as const;
    const metered = meter(bytes, options, { withRuns: true });
    const { calls } = countingPoints(makePlan(layout, operatorTables(), options, 'global'));
    // As if the second call of `leaf` was inlined from another function.
    const profiler = new ModuleProfiler(bytes, options, metered, (offset) =>
      offset === calls[1]!.at ? 1 : 0,
    );
    const instance = new WebAssembly.Instance(new WebAssembly.Module(profiler.bytes));
    profiler.prepare(instance);
    (instance.exports[hiddenExports.counter] as WebAssembly.Global<'i64'>).value = -1000n;
    (instance.exports['f'] as () => void)();
    const { tree } = profiler.counted(instance);
    const found = tree.slice(1).map((node) => {
      const caller = tree[node.parent]!.function;
      return [node.function, caller, profiler.slots[caller]?.[node.slot] ?? null, node.calls];
    });
    assert.deepEqual(found, [
      [1, -1, null, 1],
      [0, 1, 0, 2],
      [0, 1, 1, 1],
      [2, 1, 0, 1],
      [0, 2, 0, 1],
    ]);
  });

  it('keeps its size where every call has another context', async () => {
    // 2^20 contexts: each of 20 levels calls the next from two functions.
    const levels = 20;
    const pair = (n: number) => {
      const body = n === levels ? '' : `(call $a${n + 1}) (call $b${n + 1})`;
      return `(func $a${n} ${body}) (func $b${n} ${body})`;
    };
    const text = `(module ${Array.from({ length: levels + 1 }, (_, n) => pair(n)).join('')} (func (export "f") (call $a0)))`;
    const run = await profiled(text, [], 100_000_000);
    assert.equal(sum(nodes(run).map(({ self }) => self)), run.fuel);
    assert.ok(nodes(run).length <= (64 * 2 ** 20) / 40);
    // What has no room is counted for its function, beneath a node of its own.
    const beyond = nodes(run).findIndex(({ function: index }) => index === beyondTheTree);
    assert.ok(nodes(run).some(({ parent, self }) => parent === beyond && self > 0));
  });
});
