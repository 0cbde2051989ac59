import type { Shape } from './shape.ts';

const adds = '(drop (i32.add (i32.const 1) (i32.const 2)))';
const lengths = [0, 1, 127, 128, 129, 1000, 65536];
const i32s = (...values: (number | string)[]) => values.map((value) => `i32:${value}`).join(' ');

/** Bulk operations, which the current model charges by their size, constant or not. */
export const bulkShapes: readonly Shape[] = [
  {
    name: 'memory.copy of a length given at run time',
    wat: `(memory (export "m") 2) (data (i32.const 0) "abcdefgh") (func (export "f") (param i32 i32 i32) ${adds} (memory.copy (local.get 0) (local.get 1) (local.get 2)) ${adds})`,
    calls: [
      ...lengths.map((n) => `f ${i32s(100, 0, n)}`),
      `f ${i32s(131072, 0, 1)}`,
      `f ${i32s(4294967295, 0, 4)}`,
    ],
    everyLimit: true,
  },
  {
    name: 'memory.fill of a length given at run time',
    wat: `(memory (export "m") 2) (func (export "f") (param i32 i32) ${adds} (memory.fill (local.get 0) (i32.const 7) (local.get 1)) ${adds})`,
    calls: [...lengths.map((n) => `f ${i32s(5, n)}`), `f ${i32s(131071, 2)}`, `f ${i32s(0, 4294967295)}`],
    everyLimit: true,
  },
  {
    name: 'memory.init of a length given at run time',
    wat: `(memory (export "m") 1) (data $d "0123456789") (func (export "f") (param i32 i32 i32) ${adds} (memory.init $d (local.get 0) (local.get 1) (local.get 2)) ${adds}) (func (export "drop") (data.drop $d))`,
    calls: [
      `f ${i32s(0, 0, 10)}`,
      `f ${i32s(50, 5, 5)}`,
      `f ${i32s(50, 5, 6)}`,
      'drop',
      `f ${i32s(0, 0, 0)}`,
      `f ${i32s(0, 0, 1)}`,
    ],
    everyLimit: true,
  },
  ...lengths.map((n) => ({
    name: `bulk operations of the constant length ${n}`,
    wat: `(memory (export "m") 3) (data $d "${'x'.repeat(2000)}") (func (export "f") ${adds} (memory.fill (i32.const 0) (i32.const 3) (i32.const ${n})) ${adds}
      (memory.copy (i32.const 9) (i32.const 2) (i32.const ${n})) ${adds} (memory.init $d (i32.const 1) (i32.const 0) (i32.const ${n > 2000 ? 2000 : n})) ${adds})`,
    calls: ['f', 'f'],
    everyLimit: true,
  })),
  {
    name: 'tables in bulk',
    wat: `(table $t (export "t") 400 1000 funcref) (table $u 400 funcref) (func $a) (elem $e func ${'$a '.repeat(300)})
      (func (export "fill") (param i32 i32) ${adds} (table.fill $t (local.get 0) (ref.func $a) (local.get 1)) ${adds})
      (func (export "copy") (param i32 i32 i32) ${adds} (table.copy $u $t (local.get 0) (local.get 1) (local.get 2)) ${adds})
      (func (export "init") (param i32 i32 i32) ${adds} (table.init $t $e (local.get 0) (local.get 1) (local.get 2)) ${adds})
      (func (export "grow") (param i32) (result i32) ${adds} (table.grow $t (ref.func $a) (local.get 0)) ${adds})
      (func (export "dropped") (elem.drop $e)) (func (export "size") (result i32) (table.size $t))`,
    calls: [
      `fill ${i32s(0, 0)}`,
      `fill ${i32s(3, 200)}`,
      `fill ${i32s(399, 2)}`,
      `copy ${i32s(0, 10, 5)}`,
      `copy ${i32s(0, 1, 399)}`,
      `copy ${i32s(0, 1, 400)}`,
      `init ${i32s(0, 0, 300)}`,
      `init ${i32s(0, 0, 301)}`,
      'grow i32:0',
      'grow i32:300',
      'grow i32:301',
      'grow i32:4294967295',
      'size',
      'dropped',
      `init ${i32s(0, 0, 1)}`,
      `init ${i32s(0, 0, 0)}`,
    ],
    everyLimit: true,
  },
  {
    name: 'tables in bulk, constant lengths',
    wat: `(table $t 400 1000 funcref) (func $a) (elem $e func ${'$a '.repeat(300)})
      (func (export "f") (table.fill $t (i32.const 0) (ref.func $a) (i32.const 128)) ${adds} (table.fill $t (i32.const 0) (ref.func $a) (i32.const 129)) ${adds}
        (table.copy $t $t (i32.const 0) (i32.const 1) (i32.const 128)) ${adds} (table.copy $t $t (i32.const 0) (i32.const 1) (i32.const 129)) ${adds}
        (table.init $t $e (i32.const 0) (i32.const 1) (i32.const 128)) ${adds} (table.init $t $e (i32.const 0) (i32.const 1) (i32.const 129)) ${adds}
        (drop (table.grow $t (ref.func $a) (i32.const 128))) ${adds} (drop (table.grow $t (ref.func $a) (i32.const 129))) ${adds})`,
    calls: ['f'],
    everyLimit: true,
  },
  {
    name: 'bulk operations in a loop, running out in the middle',
    wat: `(memory (export "m") 1) (func (export "f") (param i32) (loop (memory.fill (local.get 0) (local.get 0) (local.get 0)) (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))`,
    calls: ['f i32:40'],
    everyLimit: true,
  },
];
