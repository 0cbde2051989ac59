import type { Shape } from './shape.ts';

const adds = '(drop (i32.add (i32.const 1) (i32.const 2)))';

/** Calls of every kind: the counter is written before and read after each. */
export const callShapes: readonly Shape[] = [
  {
    name: 'recursion',
    wat: `(func $fib (export "f") (param i32) (result i32)
      (if (result i32) (i32.lt_u (local.get 0) (i32.const 2)) (then (local.get 0))
        (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1))) (call $fib (i32.sub (local.get 0) (i32.const 2)))))))`,
    calls: ['f i32:0', 'f i32:7'],
    everyLimit: true,
  },
  {
    name: 'a leaf called in a loop',
    wat: `(func $leaf (param i32) (result i32) (i32.mul (local.get 0) (i32.const 3)))
      (func (export "f") (param i32) (result i32) (local i32) (loop $l
        (local.set 1 (i32.add (local.get 1) (call $leaf (local.get 0))))
        (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (local.get 1))`,
    calls: ['f i32:1', 'f i32:30'],
    everyLimit: true,
  },
  {
    name: 'leaves of every length',
    wat: `${Array.from({ length: 9 }, (_, n) => `(func $l${n} ${adds.repeat(n)})`).join(' ')}
      (func (export "f") ${Array.from({ length: 9 }, (_, n) => `(call $l${n})`).join(' ')})`,
    calls: ['f'],
    everyLimit: true,
  },
  {
    name: 'mutual recursion',
    wat: `(func $even (export "f") (param i32) (result i32) (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 1)) (else (call $odd (i32.sub (local.get 0) (i32.const 1))))))
      (func $odd (param i32) (result i32) (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 0)) (else (call $even (i32.sub (local.get 0) (i32.const 1))))))`,
    calls: ['f i32:0', 'f i32:9'],
    everyLimit: true,
  },
  {
    name: 'calls with many results',
    wat: `(func $g (param i32) (result i32 i64 f32 f64) (local.get 0) (i64.const 2) (f32.const 3) (f64.const 4))
      (func (export "f") (param i32) (result f64 f32 i64 i32) (local i32 i64 f32 f64)
        (call $g (local.get 0)) (local.set 4) (local.set 3) (local.set 2) (local.set 1)
        (local.get 4) (local.get 3) (local.get 2) (local.get 1))`,
    calls: ['f i32:5'],
    everyLimit: true,
  },
  {
    name: 'indirect calls',
    wat: `(type $t (func (param i32) (result i32))) (table 2 2 funcref) (elem (i32.const 0) $a $b)
      (func $a (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
      (func $b (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
      (func (export "f") (param i32) (result i32) (call_indirect (type $t) (i32.const 20) (local.get 0)))`,
    calls: ['f i32:0', 'f i32:1', 'f i32:2'],
    everyLimit: true,
  },
  {
    name: 'tail calls',
    wat: `(func $count (export "f") (param i32 i32) (result i32)
      (if (i32.eqz (local.get 0)) (then (return (local.get 1))))
      (return_call $count (i32.sub (local.get 0) (i32.const 1)) (i32.add (local.get 1) (i32.const 2))))`,
    calls: ['f i32:0 i32:1', 'f i32:50 i32:0'],
    everyLimit: true,
  },
  {
    name: 'indirect tail calls',
    wat: `(type $t (func (param i32) (result i32))) (table 2 funcref) (elem (i32.const 0) $a $b)
      (func $a (param i32) (result i32) (if (i32.eqz (local.get 0)) (then (return (i32.const 77))))
        (return_call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (i32.const 1)))
      (func $b (param i32) (result i32) ${adds} (return_call_indirect (type $t) (local.get 0) (i32.const 0)))
      (func (export "f") (param i32) (result i32) ${adds} (return_call $a (local.get 0)))`,
    calls: ['f i32:0', 'f i32:12'],
    everyLimit: true,
  },
  {
    name: 'tail calls into a trap, the table open to others',
    wat: `(type $t (func (param i32) (result i32))) (memory 1) (table (export "t") 2 funcref) (elem (i32.const 0) $a $b)
      (func $a (param i32) (result i32) ${adds} (return_call $b (local.get 0)))
      (func $b (param i32) (result i32) (i32.load (local.get 0)))
      (func (export "direct") (param i32) (result i32) ${adds} (return_call $a (local.get 0)))
      (func (export "indirect") (param i32 i32) (result i32) ${adds} (return_call_indirect (type $t) (local.get 1) (local.get 0)))`,
    calls: [
      'direct i32:0',
      'direct i32:65536',
      ...[0, 1, 2].flatMap((n) => [`indirect i32:${n} i32:0`, `indirect i32:${n} i32:65536`]),
    ],
    everyLimit: true,
  },
  {
    name: 'tail call out of the table',
    wat: `(type $t (func)) (table 1 funcref) (func (export "f") (param i32) ${adds} (return_call_indirect (type $t) (local.get 0)))`,
    calls: ['f i32:0', 'f i32:1'],
  },
  {
    name: 'a call in each place of an expression',
    wat: `(memory 1) (func $g (result i32) (i32.const 4))
      (func (export "f") (result i32) (i32.store (call $g) (call $g)) (select (call $g) (call $g) (call $g))
        (if (result i32) (call $g) (then (call $g)) (else (i32.const 0))) (i32.add))`,
    calls: ['f'],
    everyLimit: true,
  },
  {
    name: 'start function',
    wat: `(global (export "g") (mut i32) (i32.const 0)) (func $s ${adds} (global.set 0 (i32.const 5))) (start $s) (func (export "f") ${adds})`,
    calls: ['f'],
    everyLimit: true,
  },
  { name: 'start function that traps', wat: `(func $s ${adds} (unreachable)) (start $s)`, calls: [] },
  {
    name: 'start function that loops',
    wat: '(func $s (loop (br 0))) (start $s) (func (export "f"))',
    calls: ['f'],
    fuel: 300,
  },
];
