import type { Shape } from './shape.ts';

const adds = '(drop (i32.add (i32.const 1) (i32.const 2)))';

/** Imports and exports of every kind, so that each index space that shifts is seen to; all modules count together. */
export const linkingShapes: readonly Shape[] = [
  {
    name: 'functions across modules',
    wat: {
      lib: `(func (export "add") (param i32 i32) (result i32) ${adds} (i32.add (local.get 0) (local.get 1)))`,
      main: `(import "lib" "add" (func $add (param i32 i32) (result i32))) (export "again" (func $add))
        (func (export "f") (result i32) (call $add (i32.const 1) (call $add (i32.const 2) (i32.const 3))))`,
    },
    calls: ['f', 'again i32:4 i32:5'],
    everyLimit: true,
  },
  {
    name: 'functions of another module through a table of its own',
    wat: {
      lib: `(func (export "add") (param i32 i32) (result i32) ${adds} (i32.add (local.get 0) (local.get 1)))
        (func (export "div") (param i32 i32) (result i32) ${adds} (i32.div_u (local.get 0) (local.get 1)))`,
      main: `(type $two (func (param i32 i32) (result i32))) (import "lib" "add" (func $add (type $two))) (import "lib" "div" (func $div (type $two)))
        (table 3 funcref) (elem (i32.const 0) $add $div $own) (func $own (type $two) ${adds} (i32.sub (local.get 0) (local.get 1)))
        (func (export "f") (param i32 i32) (result i32) ${adds}
          (call_indirect (type $two) (i32.const 9) (call_indirect (type $two) (i32.const 8) (local.get 1) (local.get 0)) (local.get 0)))
        (func (export "tail") (param i32 i32) (result i32) ${adds} (return_call_indirect (type $two) (i32.const 9) (local.get 1) (local.get 0)))`,
    },
    calls: [
      'f i32:0 i32:3',
      'f i32:1 i32:3',
      'f i32:2 i32:3',
      'f i32:1 i32:0',
      'tail i32:0 i32:1',
      'tail i32:1 i32:0',
      'tail i32:2 i32:3',
    ],
    everyLimit: true,
  },
  {
    name: 'a trap across modules',
    wat: {
      lib: `(func (export "div") (param i32) (result i32) ${adds} (i32.div_u (i32.const 8) (local.get 0)))`,
      main: `(import "lib" "div" (func $div (param i32) (result i32))) (func (export "f") (param i32) (result i32) ${adds} (call $div (local.get 0)))`,
    },
    calls: ['f i32:2', 'f i32:0', 'f i32:1'],
    everyLimit: true,
  },
  {
    name: 'globals across modules',
    wat: {
      lib: '(global (export "c") i32 (i32.const 40)) (global (export "m") (mut i64) (i64.const 1)) (global (export "v") f64 (f64.const 2.5))',
      main: `(import "lib" "c" (global $c i32)) (import "lib" "m" (global $m (mut i64))) (import "lib" "v" (global $v f64))
        (global $own (export "own") i32 (global.get $c)) (global $sum (export "sum") i32 (i32.add (global.get $c) (i32.mul (i32.const 2) (i32.const 3))))
        (memory (export "mem") 1) (data (global.get $c) "at forty") (data (i32.add (global.get $c) (i32.const 100)) "further")
        (func (export "f") (result i64) (global.set $m (i64.add (global.get $m) (i64.const 5))) (global.get $m))
        (func (export "g") (result f64 i32 i32) (global.get $v) (global.get $own) (global.get $sum)) (export "m2" (global $m))`,
    },
    calls: ['f', 'f', 'g'],
    everyLimit: true,
  },
  {
    name: 'memories across modules',
    wat: {
      lib: '(memory (export "m") 1 4) (memory (export "n") 1) (func (export "peek") (param i32) (result i32) (i32.load (local.get 0)))',
      main: `(import "lib" "m" (memory $m 1)) (import "lib" "n" (memory $n 1)) (import "lib" "peek" (func $peek (param i32) (result i32)))
        (memory $own (export "own") 1) (data (memory $n) (i32.const 8) "to the second") (data (memory $own) (i32.const 16) "own")
        (func (export "f") (result i32) (i32.store $m (i32.const 0) (i32.const 99)) (i32.store $own (i32.const 4) (i32.load $n (i32.const 8))) (memory.copy $own $n (i32.const 32) (i32.const 8) (i32.const 5)) (call $peek (i32.const 0)))
        (func (export "grow") (result i32 i32) (memory.grow $m (i32.const 2)) (memory.size $m))`,
    },
    calls: ['f', 'grow', 'grow', 'grow'],
    everyLimit: true,
  },
  {
    name: 'tables across modules',
    wat: {
      lib: `(table (export "t") 4 8 funcref) (type $r (func (result i32)))
        (func (export "call") (param i32) (result i32) (call_indirect (type $r) (local.get 0)))`,
      main: `(import "lib" "t" (table $t 4 funcref)) (import "lib" "call" (func $call (param i32) (result i32)))
        (func $a (result i32) ${adds} (i32.const 1)) (func $b (result i32) (i32.const 2)) (elem (table $t) (i32.const 1) func $a $b)
        (table $own 2 funcref) (elem (table $own) (i32.const 0) func $b $a) (type $r (func (result i32)))
        (func (export "f") (param i32) (result i32) (call $call (local.get 0)))
        (func (export "g") (param i32) (result i32) (call_indirect $own (type $r) (local.get 0)))`,
    },
    calls: ['f i32:1', 'f i32:2', 'f i32:0', 'f i32:4', 'g i32:0', 'g i32:1'],
    everyLimit: true,
  },
  {
    name: 'three modules in a chain, the first called back through a table',
    wat: {
      a: '(table (export "t") 1 funcref) (type $v (func)) (func (export "run") (call_indirect (type $v) (i32.const 0)))',
      b: `(import "a" "run" (func $run)) (func (export "go") ${adds} (call $run) ${adds})`,
      c: `(import "a" "t" (table 1 funcref)) (import "b" "go" (func $go)) (global (export "n") (mut i32) (i32.const 0))
        (func $back ${adds} (global.set 0 (i32.add (global.get 0) (i32.const 1)))) (elem (i32.const 0) $back) (func (export "f") (call $go) (call $go))`,
    },
    calls: ['f'],
    everyLimit: true,
  },
  {
    name: 'elements of every form',
    wat: `(table $t (export "t") 10 funcref) (table $x 4 externref) (func $a (result i32) (i32.const 1)) (func $b (result i32) (i32.const 2))
      (type $r (func (result i32)))
      (elem (i32.const 0) $a $b) (elem $passive func $b $a) (elem declare func $a) (elem (table $t) (i32.const 4) funcref (ref.func $a) (ref.null func) (ref.func $b))
      (elem $p2 funcref (item ref.func $b) (item ref.null func)) (elem (table $x) (i32.const 1) externref (ref.null extern))
      (func (export "init") (table.init $t $passive (i32.const 8) (i32.const 0) (i32.const 2)) (table.init $t $p2 (i32.const 2) (i32.const 0) (i32.const 2)))
      (func (export "f") (param i32) (result i32) (call_indirect $t (type $r) (local.get 0)))`,
    calls: ['init', ...Array.from({ length: 11 }, (_, n) => `f i32:${n}`)],
  },
  {
    name: 'data of every form',
    wat: `(memory (export "m") 1) (memory $n (export "n") 1) (data (i32.const 10) "active") (data $p "passive") (data (memory $n) (i32.const 3) "second") (data (i32.add (i32.const 20) (i32.const 7)) "extended")
      (func (export "f") (param i32) (memory.init $n $p (local.get 0) (i32.const 1) (i32.const 4)))`,
    calls: ['f i32:100', 'f i32:65532', 'f i32:65533'],
  },
  {
    name: 'a data segment out of bounds',
    wat: '(memory 1) (data (i32.const 65535) "ab") (func (export "f"))',
    calls: ['f'],
  },
  {
    name: 'an element segment out of bounds',
    wat: '(table 1 funcref) (func $a) (elem (i32.const 1) $a) (func (export "f"))',
    calls: ['f'],
  },
  { name: 'an import that is not there', wat: '(import "nobody" "nothing" (func))' },
  {
    name: 'exports of the same thing under several names',
    wat: '(func $f (export "a") (export "b") (result i32) (i32.const 3)) (global $g (export "ga") (export "gb") i32 (i32.const 4)) (memory (export "ma") (export "mb") 1)',
    calls: ['a', 'b'],
  },
];
