import assert from 'node:assert/strict';
import { meter } from '../../../src/fuel/meter.ts';
import { OffsetMap } from '../../../src/fuel/offsetMap.ts';
import { counterImport, hiddenExports } from '../../../src/fuel/plan.ts';
import { WorkbenchError } from '../../../src/shared/workbenchError.ts';
import { assemble } from './assemble.ts';
import { options, run } from './metered.ts';

function shared(text: string, imports: WebAssembly.Imports = {}) {
  const counter = new WebAssembly.Global({ value: 'i64', mutable: true }, -1000n);
  const { bytes } = meter(assemble(text), { ...options, counter: 'imported' });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    ...imports,
    [counterImport.module]: { [counterImport.name]: counter },
  });
  return { instance, counter, exports: instance.exports as Record<string, (...args: unknown[]) => unknown> };
}

describe('Fuel: index spaces', () => {
  it('moves globals behind an imported counter, wherever they are named', () => {
    const imported = new WebAssembly.Global({ value: 'i32' }, 3);
    const { instance, exports, counter } = shared(
      `(module (import "h" "g" (global $i i32))
        (global $a (mut i32) (i32.add (global.get $i) (i32.const 4)))
        (global $b (export "b") i32 (global.get $i))
        (memory (export "m") 1) (table 10 funcref)
        (elem (global.get $i) $f) (data (global.get $i) "x")
        (func $f (result i32) (global.set $a (i32.add (global.get $a) (i32.const 1))) (global.get $a))
        (func (export "f") (result i32) (call_indirect (result i32) (i32.const 3)))
        (func (export "i") (result i32) (global.get $i)))`,
      { h: { g: imported } },
    );
    assert.equal(exports['f']!(), 8);
    assert.equal(exports['i']!(), 3);
    assert.equal((instance.exports['b'] as unknown as WebAssembly.Global<'i32'>).value, 3);
    const memory = instance.exports['m'] as unknown as WebAssembly.Memory;
    assert.equal(new Uint8Array(memory.buffer)[3], 'x'.charCodeAt(0));
    // f: entry, const and call_indirect; $f: entry, four for the set, and get; then i.
    assert.equal(Number(counter.value) + 1000, 1 + 2 + 1 + 4 + 1 + 2);
  });

  it('lets modules count into one counter', () => {
    const first = shared('(module (func (export "h") (drop (i32.const 1))))');
    const { bytes } = meter(
      assemble('(module (import "h" "h" (func $h)) (func (export "f") (call $h) (drop (i32.const 1))))'),
      { ...options, counter: 'imported' },
    );
    const second = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
      h: first.instance.exports,
      [counterImport.module]: { [counterImport.name]: first.counter },
    });
    (second.exports['f'] as () => void)();
    assert.equal(Number(first.counter.value) + 1000, 1 + 1 + 1 + 1 + 1);
  });

  it('gives tables, references and the host functions that work for each of them', () => {
    const body = `(func $double (export "double") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
      (func (export "indirect") (param i32) (result i32)
        (call_indirect (param i32) (result i32) (local.get 0) (i32.const 0)))
      (func (export "host") (param i32) (result i32)
        (call_indirect (param i32) (result i32) (local.get 0) (i32.const 1)))
      (func (export "byReference") (param i32) (result i32) (table.set (i32.const 0) (ref.func $double))
        (call_indirect (param i32) (result i32) (local.get 0) (i32.const 0)))
      (func (export "wrong") (call_indirect (i32.const 0)))`;
    const imports = { h: { h: (n: number) => n + 100 } };
    for (const table of ['(table 4 funcref)', '(table (export "t") 4 funcref)']) {
      const text = `(module (import "h" "h" (func $h (param i32) (result i32)))
        ${table} (elem (i32.const 0) $double $h) ${body})`;
      const ours = run(text, { imports });
      assert.equal(ours.call('double', 4), 8);
      assert.equal(ours.call('indirect', 4), 8);
      assert.equal(ours.call('host', 4), 104);
      assert.equal(ours.call('byReference', 4), 8);
      assert.equal(ours.call('wrong'), 'trap', 'a call by the wrong type');
      assert.equal(ours.cost('indirect', 4), 1 + 3 + 1 + 3);
      assert.equal(ours.cost('host', 4), 1 + 3);
      const exported = ours.instance.exports['t'] as WebAssembly.Table | undefined;
      if (exported !== undefined) assert.equal((exported.get(0) as (n: number) => number)(5), 10);
    }
  });

  it('keeps functions exported but in no table working by reference', () => {
    const ours = run(`(module (table 1 funcref)
      (func $a (export "a") (result i32) (i32.const 5))
      (func (export "f") (result i32) (table.set (i32.const 0) (ref.func $a))
        (call_indirect (result i32) (i32.const 0))))`);
    assert.equal(ours.call('f'), 5);
    assert.equal(ours.cost('f'), 1 + 5 + 1 + 1);
  });

  it('moves the local whose place the count takes', () => {
    const ours = run(`(module (func $g (param i32 i64) (result i32) (local f64 i32 i32)
        (local.set 2 (f64.const 1.5)) (local.set 3 (i32.const 7)) (local.set 4 (i32.const 9))
        (i32.add (i32.add (local.get 3) (local.get 4)) (i32.trunc_f64_s (f64.mul (local.get 2) (f64.const 2)))))
      (func (export "f") (result i32) (call $g (i32.const 1) (i64.const 2))))`);
    assert.equal(ours.call('f'), 7 + 9 + 3);
  });
});

describe('Fuel: memories', () => {
  it('holds growth to the limit, and tells whether the limit was the reason', () => {
    const text = (maximum: string) => `(module (memory 1 ${maximum})
      (func (export "f") (param i32) (result i32) (memory.grow (local.get 0))))`;
    const refused = ({ instance }: ReturnType<typeof run>) =>
      (instance.exports[hiddenExports.growthRefused] as WebAssembly.Global<'i32'>).value;
    const open = run(text(''), { memoryLimitPages: 4 });
    assert.deepEqual([open.call('f', 3), refused(open)], [1, 0]);
    assert.deepEqual([open.call('f', 1), refused(open)], [-1, 1]);
    const own = run(text('2'), { memoryLimitPages: 4 });
    assert.deepEqual([own.call('f', 2), refused(own)], [-1, 0]);
    const beyondBoth = run(text('6'), { memoryLimitPages: 4 });
    assert.deepEqual([beyondBoth.call('f', 9), refused(beyondBoth)], [-1, 0]);
    assert.deepEqual([beyondBoth.call('f', 4), refused(beyondBoth)], [-1, 1]);
  });

  it('refuses a minimum beyond the limit, with the numbers', () => {
    const bytes = assemble('(module (memory 33))');
    assert.throws(
      () => meter(bytes, { ...options, memoryLimitPages: 32 }),
      (error) =>
        error instanceof WorkbenchError &&
        error.value.code === 'memory-minimum-over-limit' &&
        error.message.includes('2.0625 MiB'),
    );
  });

  it('exports every memory that the module defines', () => {
    const { instance } = run('(module (memory 1) (memory 2 3))');
    const memory = (n: number) => instance.exports[hiddenExports.memory(n)] as WebAssembly.Memory;
    assert.deepEqual(
      [0, 1].map((n) => memory(n).buffer.byteLength / 65536),
      [1, 2],
    );
  });
});

describe('Fuel: what the rewritten module still tells', () => {
  const text = `(module $own (memory 1)
    (func $inner (param i32) (local i64) (drop (i32.add (i32.const 1) (i32.const 2))) (loop (nop))
      (drop (i32.load offset=4 (local.get 0))))
    (func $outer (export "f") (param i32) (call $inner (local.get 0))))`;

  it('keeps names and maps every frame of a trap back to the operator it is at', () => {
    const original = assemble(text);
    const { instance } = run(text);
    let stack = '';
    try {
      (instance.exports['f'] as (at: number) => void)(-1);
    } catch (error) {
      stack = (error as Error).stack ?? '';
    }
    const map = new OffsetMap(original, options);
    const frames = [...stack.matchAll(/wasm-function\[(\d+)\]:0x([0-9a-f]+)/g)].map(([, index, offset]) => ({
      index: Number(index),
      offset: map.original(Number.parseInt(offset!, 16)),
    }));
    assert.deepEqual(
      frames.map(({ index, offset }) => [index, offset === null ? null : original[offset]]),
      // i32.load in $inner, call in $outer, and the entry for the host that was added after the stand-in for memory.grow.
      [
        [0, 0x28],
        [1, 0x10],
        [3, null],
      ],
    );
  });

  it('maps each copied byte to itself', () => {
    const original = assemble(text);
    const { bytes, runs } = meter(original, options, { withRuns: true });
    const map = new OffsetMap(original, options);
    for (let n = 0; n < runs.length; n += 3) {
      for (let k = 0; k < runs[n + 2]!; k++) {
        const at = runs[n]! + k;
        assert.equal(map.original(at), runs[n + 1]! + k);
        assert.equal(bytes[at], original[runs[n + 1]! + k]);
      }
    }
    assert.equal(map.original(8), null);
    assert.equal(map.original(bytes.length), null);
  });

  it('maps the if that stands for a br_if to it, and what it sums up to the operator after it', () => {
    const original = assemble(
      '(module (func (export "f") (param i32) (block (br_if 0 (local.get 0)) (unreachable))))',
    );
    const { bytes } = meter(original, options);
    const map = new OffsetMap(original, options);
    const brIf = original.lastIndexOf(0x0d);
    // if without a type, and then the count.
    const at = bytes.findIndex((byte, n) => byte === 0x04 && bytes[n + 1] === 0x40 && bytes[n + 2] === 0x20);
    assert.equal(map.original(at), brIf);
    assert.equal(map.original(at + 2), brIf + 2);
  });

  it('is named by its own name, or else by the one it is given', () => {
    const nameOf = (wat: string) => {
      const { bytes } = meter(assemble(wat), { ...options, name: 'module[3]' });
      const [section] = WebAssembly.Module.customSections(new WebAssembly.Module(bytes), 'name');
      return new TextDecoder().decode(section).slice(0, 16);
    };
    assert.ok(nameOf('(module)').includes('module[3]'));
  });

  it('keeps a start function for the host to call', () => {
    const ours = run(
      '(module (global (export "g") (mut i32) (i32.const 0)) (func $s (global.set 0 (i32.const 9))) (start $s))',
    );
    const global = ours.instance.exports['g'] as WebAssembly.Global<'i32'>;
    assert.equal(global.value, 0);
    assert.equal(ours.cost(hiddenExports.start), 1 + 2);
    assert.equal(global.value, 9);
  });
});
