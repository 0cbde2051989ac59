import type { Shape } from './shape.ts';

/** The operators that have no typed operands of their own to try: parametric, variable, reference and table ones. */
export const basicShapes: readonly Shape[] = [
  {
    name: 'constants',
    wat: '(memory (export "m") 1) (func (export "f") (result i32 i64 f32 f64) (v128.store (i32.const 0) (v128.const i32x4 1 2 3 4)) (i32.const -1) (i64.const -1) (f32.const 0.1) (f64.const 0.1))',
    calls: ['f'],
    everyLimit: true,
  },
  {
    name: 'locals',
    wat: `(func (export "f") (param i32 i64) (result i32 i64 i32) (local f32 f64 v128 funcref externref i32)
      (local.set 7 (local.tee 0 (i32.add (local.get 0) (i32.const 1)))) (local.set 2 (f32.const 1)) (local.get 7) (local.get 1) (local.get 0))`,
    calls: ['f i32:1 i64:2'],
    everyLimit: true,
  },
  {
    name: 'globals',
    wat: `(global (export "a") (mut i32) (i32.const 1)) (global (export "b") i64 (i64.const 2)) (global (export "c") (mut f64) (f64.const 3)) (global (mut v128) (v128.const i32x4 0 0 0 0)) (global (export "d") (mut f32) (f32.const -0))
      (func (export "f") (result i64) (global.set 0 (i32.mul (global.get 0) (i32.const 3))) (global.set 2 (f64.sqrt (global.get 2))) (global.set 3 (v128.not (global.get 3))) (global.get 1))`,
    calls: ['f', 'f'],
    everyLimit: true,
  },
  {
    name: 'extended constant expressions',
    wat: '(global (export "a") i32 (i32.sub (i32.mul (i32.const 6) (i32.const 7)) (i32.const 2))) (global (export "b") i64 (i64.add (i64.const 1) (i64.mul (i64.const 5) (i64.sub (i64.const 9) (i64.const 3))))) (func (export "f"))',
    calls: ['f'],
  },
  {
    name: 'select, typed and not',
    wat: '(func (export "f") (param i32) (result i32 f64 externref) (select (i32.const 1) (i32.const 2) (local.get 0)) (select (result f64) (f64.const 1) (f64.const 2) (local.get 0)) (select (result externref) (ref.null extern) (ref.null extern) (local.get 0)))',
    calls: ['f i32:0', 'f i32:1'],
    everyLimit: true,
  },
  {
    name: 'references',
    wat: `(func $a) (elem declare func $a) (func (export "f") (param externref) (result i32 i32 i32 externref funcref) (ref.is_null (local.get 0)) (ref.is_null (ref.func $a)) (ref.is_null (ref.null func)) (local.get 0) (ref.null func))`,
    calls: ['f externref:0', 'f externref:5'],
    everyLimit: true,
  },
  {
    name: 'tables element by element',
    wat: `(table $t 2 5 funcref) (table $x 3 externref) (type $r (func (result i32))) (func $a (result i32) (i32.const 7)) (elem declare func $a)
      (func (export "set") (param i32) (table.set $t (local.get 0) (ref.func $a)))
      (func (export "null") (param i32) (result i32) (ref.is_null (table.get $t (local.get 0))))
      (func (export "call") (param i32) (result i32) (call_indirect $t (type $r) (local.get 0)))
      (func (export "put") (param i32 externref) (table.set $x (local.get 0) (local.get 1)))
      (func (export "get") (param i32) (result externref) (table.get $x (local.get 0)))
      (func (export "grow") (param i32) (result i32 i32) (table.grow $t (ref.null func) (local.get 0)) (table.size $t))`,
    calls: [
      'null i32:0',
      'set i32:0',
      'null i32:0',
      'call i32:0',
      'set i32:2',
      'grow i32:3',
      'set i32:2',
      'call i32:2',
      'grow i32:1',
      'put i32:2 externref:9',
      'get i32:2',
      'get i32:1',
      'get i32:3',
    ],
    everyLimit: true,
  },
  {
    name: 'memory size and growth',
    wat: '(memory (export "m") 1 5) (func (export "f") (param i32) (result i32 i32) (memory.grow (local.get 0)) (memory.size))',
    calls: ['f i32:0', 'f i32:2', 'f i32:9', 'f i32:2', 'f i32:1'],
    everyLimit: true,
  },
  {
    name: 'every access in a second memory',
    wat: `(memory 1) (memory $n (export "n") 1) (func (export "f") (result i32) (i32.store $n offset=4 (i32.const 0) (i32.const 77)) (i64.store16 $n (i32.const 20) (i64.const -1))
      (v128.store $n (i32.const 64) (v128.load8_splat $n (i32.const 4))) (v128.store32_lane $n offset=100 1 (i32.const 0) (v128.load $n (i32.const 64))) (memory.fill $n (i32.const 200) (i32.const 1) (i32.const 5)) (i32.load8_u $n (i32.const 4)))`,
    calls: ['f'],
    everyLimit: true,
  },
];
