import assert from 'node:assert/strict';
import { createCoreEngine } from '../../../../src/executor/engine/createEngine.ts';
import type { CoreEngine } from '../../../../src/executor/engine/engine.ts';
import type { FuelModel } from '../../../../src/shared/fuelModel.ts';
import { defaultLimits, type Limits } from '../../../../src/shared/limits.ts';
import { WorkbenchError } from '../../../../src/shared/workbenchError.ts';
import { assemble } from '../../fuel/assemble.ts';

const engineWith = (limits: Partial<Limits> = {}, fuelModel: FuelModel = 'wasmtime-28'): CoreEngine =>
  createCoreEngine({ fuelModel, limits: { ...defaultLimits, ...limits } });

async function load(engine: CoreEngine, text: string, imports: WebAssembly.Imports = {}) {
  const [module] = await engine.compile([{ name: 'module[0]', bytes: assemble(text) }]);
  const { exports } = engine.instantiate(module!, imports);
  return { module: module!, exports: exports as Record<string, (...args: unknown[]) => unknown> };
}

const spin = '(module (func (export "f") (loop (br 0))))';

describe('MeteredEngine', () => {
  it('counts from nothing to what was consumed', async () => {
    const engine = engineWith();
    assert.equal(engine.fuelUsed(), 0);
    const { exports } = await load(engine, '(module (func (export "f") (drop (i32.const 1))))');
    assert.equal(engine.fuelUsed(), 0);
    exports['f']!();
    exports['f']!();
    assert.equal(engine.fuelUsed(), 4);
    assert.equal(engine.outOfFuel, false);
  });

  it('stops at the limit, which then is what was used', async () => {
    const engine = engineWith({ maxInstructions: 1000 });
    const { exports } = await load(engine, spin);
    assert.throws(() => exports['f']!(), WebAssembly.RuntimeError);
    assert.equal(engine.outOfFuel, true);
    assert.equal(engine.fuelUsed(), 1000);
  });

  it('never tells more than the limit, even where no check came', async () => {
    const engine = engineWith({ maxInstructions: 2 });
    const body = '(drop (i32.const 1))'.repeat(5);
    const { exports } = await load(engine, `(module (func (export "f") ${body}))`);
    exports['f']!();
    assert.equal(engine.outOfFuel, false);
    assert.equal(engine.fuelUsed(), 2);
  });

  it('counts several modules together, with the memories of all of them', async () => {
    const engine = engineWith();
    const [first, second] = await engine.compile([
      {
        name: 'a',
        bytes: assemble('(module (memory (export "m") 2) (func (export "h") (drop (i32.const 1))))'),
      },
      {
        name: 'b',
        bytes: assemble(
          '(module (import "a" "h" (func $h)) (import "a" "m" (memory 1)) (memory 3) (func (export "f") (call $h)))',
        ),
      },
    ]);
    const a = engine.instantiate(first!, {});
    const b = engine.instantiate(second!, { a: a.exports });
    (b.exports['f'] as () => void)();
    assert.equal(engine.fuelUsed(), 1 + 1 + 1 + 1);
    assert.equal(engine.peakMemoryBytes(), 5 * 65536);
  });

  it('counts a module that is instantiated twice, alone or late, into the same counter', async () => {
    const engine = engineWith({ maxInstructions: 1000 });
    const { module, exports } = await load(engine, '(module (func (export "f") (drop (i32.const 1))))');
    const again = engine.instantiate(module, {});
    exports['f']!();
    (again.exports['f'] as () => void)();
    assert.equal(engine.fuelUsed(), 4);
    const late = await load(engine, spin);
    assert.throws(() => late.exports['f']!());
    assert.equal(engine.fuelUsed(), 1000);
    assert.equal(engine.outOfFuel, true);
  });

  it('keeps the count of a start function that traps', async () => {
    const engine = engineWith();
    const text = '(module (func $s (drop (i32.const 1)) (unreachable)) (start $s))';
    await assert.rejects(load(engine, text), WebAssembly.RuntimeError);
    assert.equal(engine.fuelUsed(), 2);
  });

  it('charges instantiation as the current model does, and stops there too', async () => {
    const text = '(module (func $s) (start $s))';
    const engine = engineWith({}, 'wasmtime-current');
    await load(engine, text);
    assert.equal(engine.fuelUsed(), 1 + 1 + 1);
    const poor = engineWith({ maxInstructions: 1 }, 'wasmtime-current');
    await assert.rejects(load(poor, text), WebAssembly.RuntimeError);
    assert.equal(poor.outOfFuel, true);
    assert.equal(poor.fuelUsed(), 1);
    const older = engineWith();
    await load(older, text);
    assert.equal(older.fuelUsed(), 1);
  });

  it('charges what the current model can not prepare when it compiles', async () => {
    const used = async (text: string, imports: WebAssembly.Imports = {}) => {
      const engine = engineWith({}, 'wasmtime-current');
      await load(engine, text, imports);
      return engine.fuelUsed();
    };
    const table = { h: { t: new WebAssembly.Table({ element: 'anyfunc', initial: 9 }) } };
    assert.equal(await used('(module (table 9 funcref) (func $f) (elem (i32.const 0) $f $f))'), 0);
    assert.equal(
      await used('(module (import "h" "t" (table 9 funcref)) (func $f) (elem (i32.const 0) $f $f))', table),
      1 + 1 + 2,
    );
    assert.equal(await used('(module (memory 1) (data (i32.const 9) "abc"))'), 0);
    assert.equal(
      await used('(module (memory 1) (global $g i32 (i32.const 2)) (data (global.get $g) "abc"))'),
      1 + 1 + 3,
    );
    assert.equal(await used('(module (global i32 (i32.add (i32.const 2) (i32.const 3))))'), 1 + 3);
    assert.equal(await used('(module (func $f) (elem func $f))'), 1);
    assert.equal(await used('(module (func $f) (elem declare func $f))'), 0);
  });

  it('tells that growth was refused for the limit', async () => {
    const engine = engineWith({ maxMemoryMb: 1 });
    const { exports } = await load(
      engine,
      '(module (memory 1) (func (export "f") (param i32) (result i32) (memory.grow (local.get 0))))',
    );
    assert.equal(exports['f']!(15), 1);
    assert.equal(engine.growthRefused, false);
    assert.equal(exports['f']!(1), -1);
    assert.equal(engine.growthRefused, true);
    assert.equal(engine.peakMemoryBytes(), 1024 * 1024);
  });

  it("wraps V8's own words where it refuses a module", async () => {
    const text = assemble('(module (func (export "f") (result i32) (i32.const 1)))');
    text[text.lastIndexOf(0x41)] = 0x43;
    await assert.rejects(engineWith().compile([{ name: 'bad', bytes: text }]), (error) => {
      assert.ok(error instanceof WorkbenchError);
      return error.value.code === 'invalid-wasm';
    });
    const wrong = assemble('(module (func (export "f") (result i32) (i32.const 1)))');
    wrong[wrong.lastIndexOf(0x41)] = 0x42;
    await assert.rejects(engineWith().compile([{ name: 'bad', bytes: wrong }]), (error) => {
      assert.ok(error instanceof WorkbenchError);
      assert.equal(error.value.code, 'invalid-wasm');
      assert.ok(error.value.message.includes('bad'));
      return (error.value.cause ?? '').includes('type error');
    });
  });

  it('maps offsets back for its modules, and for no other', async () => {
    const engine = engineWith();
    const text = '(module (func (export "f") (unreachable)))';
    const { module, exports } = await load(engine, text);
    assert.deepEqual(engine.compiled, [module]);
    let stack = '';
    try {
      exports['f']!();
    } catch (error) {
      stack = (error as Error).stack ?? '';
    }
    const offset = Number.parseInt(/0x([0-9a-f]+)/.exec(stack)![1]!, 16);
    const original = engine.originalOffset(module, offset);
    assert.equal(module.bytes[original!], 0x00);
    assert.equal(module.bytes[original! + 1], 0x0b);
    assert.equal(engine.originalOffset({ ...module }, offset), null);
  });

  for (const profile of [undefined, 'code', 'code and calls'] as const) {
    it(`names the loop or the function that met the limit, with ${profile ?? 'no'} profile`, async () => {
      const text = `(module (func (export "f") (loop (br_if 0 (i32.const 0)))
        (loop (nop) (br 0))) (func $g (call $g)) (func (export "g") (call $g)))`;
      for (const name of ['f', 'g']) {
        const limits = { ...defaultLimits, maxInstructions: 100 };
        const engine = createCoreEngine({ fuelModel: 'wasmtime-28', limits, ...(profile && { profile }) });
        const { module, exports } = await load(engine, text);
        let stack = '';
        try {
          exports[name]!();
        } catch (error) {
          stack = (error as Error).stack ?? '';
        }
        assert.ok(engine.outOfFuel);
        const offset = Number.parseInt(/0x([0-9a-f]+)/.exec(stack)![1]!, 16);
        const original = engine.originalOffset(module, offset)!;
        const found = [...module.bytes.subarray(original, original + 3)];
        // The second loop, whose body begins with the nop; the function, of no locals, with its call of itself.
        assert.deepEqual(found, name === 'f' ? [0x03, 0x40, 0x01] : [0x00, 0x10, 0x01]);
      }
    });
  }
});
