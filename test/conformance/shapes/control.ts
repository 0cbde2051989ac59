import type { Shape } from './shape.ts';

const each = (name: string, ...args: string[]) => args.map((arg) => `${name} ${arg}`.trim());
const few = ['i32:0', 'i32:1', 'i32:2', 'i32:7'];

/** Structured control: where costs are added up, and where fuel is checked. */
export const controlShapes: readonly Shape[] = [
  { name: 'empty function', wat: '(func (export "f"))', calls: ['f', 'f'], everyLimit: true },
  {
    name: 'free operators',
    wat: '(func (export "f") nop (drop (i32.const 1)) (block) (loop) nop)',
    calls: ['f'],
    everyLimit: true,
  },
  {
    name: 'return in the middle',
    wat: '(func (export "f") (param i32) (result i32) (if (local.get 0) (then (return (i32.const 5)))) (i32.const 6))',
    calls: each('f', ...few),
    everyLimit: true,
  },
  {
    name: 'if without else',
    wat: `(global $g (export "g") (mut i32) (i32.const 0))
      (func (export "f") (param i32) (if (local.get 0) (then (global.set $g (i32.add (global.get $g) (i32.const 3))))) (global.set $g (i32.const 9)))`,
    calls: each('f', ...few),
    everyLimit: true,
  },
  {
    name: 'if with else',
    wat: `(func (export "f") (param i32) (result i32)
      (if (result i32) (local.get 0) (then (i32.add (i32.const 1) (local.get 0))) (else (i32.const 4))))`,
    calls: each('f', ...few),
    everyLimit: true,
  },
  {
    name: 'if with an empty then and a full else',
    wat: '(func (export "f") (param i32) (if (local.get 0) (then) (else (local.set 0 (i32.const 4)) nop)) (drop (local.get 0)))',
    calls: each('f', ...few),
  },
  {
    name: 'if with parameters and results',
    wat: `(func (export "f") (param i32) (result i32 i32)
      (i32.const 10) (i32.const 20) (local.get 0)
      (if (param i32 i32) (result i32 i32) (then (i32.add) (i32.const 1)) (else (i32.sub) (i32.const 2))))`,
    calls: each('f', ...few),
    everyLimit: true,
  },
  {
    name: 'nested ifs, one arm each returning',
    wat: `(func (export "f") (param i32) (result i32)
      (if (result i32) (i32.gt_u (local.get 0) (i32.const 1))
        (then (if (result i32) (i32.eq (local.get 0) (i32.const 2)) (then (return (i32.const 22))) (else (i32.const 23))))
        (else (if (result i32) (local.get 0) (then (i32.const 21)) (else (return (i32.const 20)))))))`,
    calls: each('f', ...few),
    everyLimit: true,
  },
  {
    name: 'both arms leave',
    wat: `(func (export "f") (param i32) (result i32)
      (if (local.get 0) (then (return (i32.const 1))) (else (return (i32.const 2)))) (i32.add (i32.const 3) (i32.const 4)))`,
    calls: each('f', ...few),
  },
  {
    name: 'counting loop',
    wat: `(func (export "f") (param i32) (result i32) (local i32)
      (loop $l (local.set 1 (i32.add (local.get 1) (local.get 0)))
        (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
      (local.get 1))`,
    calls: each('f', 'i32:1', 'i32:2', 'i32:100'),
    everyLimit: true,
  },
  {
    name: 'loop left by an outer branch',
    wat: `(func (export "f") (param i32) (result i32) (local i32)
      (block $out (loop $l
        (br_if $out (i32.ge_u (local.get 1) (local.get 0)))
        (local.set 1 (i32.add (local.get 1) (i32.const 1))) (br $l)))
      (local.get 1))`,
    calls: each('f', ...few),
    everyLimit: true,
  },
  {
    name: 'loop with parameters',
    wat: `(func (export "f") (param i32) (result i32)
      (i32.const 1) (local.get 0)
      (loop $l (param i32 i32) (result i32)
        (local.set 0) (i32.mul (i32.const 3))
        (local.get 0) (i32.sub (i32.const 1)) (local.tee 0) (local.get 0) (br_if $l) (drop)))`,
    calls: each('f', 'i32:1', 'i32:5'),
    everyLimit: true,
  },
  {
    name: 'loop that is never repeated',
    wat: '(func (export "f") (result i32) (loop (result i32) (i32.add (i32.const 1) (i32.const 2))))',
    calls: ['f'],
    everyLimit: true,
  },
  {
    name: 'loop at the start of a loop',
    wat: `(func (export "f") (param i32) (result i32) (local i32 i32)
      (loop $a (loop $b (local.set 1 (i32.add (local.get 1) (i32.const 1)))
          (br_if $b (i32.and (local.get 1) (i32.const 3))))
        (br_if $a (i32.lt_u (local.get 1) (local.get 0))))
      (local.get 1))`,
    calls: each('f', 'i32:1', 'i32:20'),
    everyLimit: true,
  },
  {
    name: 'work in blocks, none of which is looked at',
    wat: `(func (export "f") (param i32) (drop (i32.add (i32.const 1) (i32.const 2)))
      (block (drop (i32.const 3)) (block (br_if 0 (local.get 0)) (drop (i32.const 4))) (drop (i32.const 5)))
      (if (local.get 0) (then (drop (i32.const 6))) (else (drop (i32.const 7)) (drop (i32.const 8)))) (drop (i32.const 9)))`,
    calls: each('f', ...few),
    everyLimit: true,
  },
  {
    name: 'infinite loop',
    wat: '(func (export "f") (loop $l (br $l)))',
    calls: ['f', 'f'],
    fuel: 1000,
  },
  {
    name: 'infinite loop with work',
    wat: '(global (export "g") (mut i32) (i32.const 0)) (func (export "f") (loop $l (global.set 0 (i32.add (global.get 0) (i32.const 1))) (br $l)))',
    calls: ['f'],
    fuel: 997,
  },
  {
    name: 'branches with values',
    wat: `(func (export "f") (param i32) (result i32)
      (block $a (result i32) (block $b (result i32)
        (br_if $a (i32.const 10) (i32.eqz (local.get 0)))
        (br_if $b (i32.const 11) (i32.eq (local.get 0) (i32.const 1)))
        (i32.add)) (i32.add (i32.const 100))))`,
    calls: each('f', ...few),
    everyLimit: true,
  },
  {
    name: 'br_table to blocks',
    wat: `(func (export "f") (param i32) (result i32)
      (block $d (block $c (block $b (block $a (br_table $a $b $c $d (local.get 0)))
        (return (i32.const 10))) (return (i32.add (i32.const 1) (i32.const 10)))) (nop) (return (i32.const 12)))
      (i32.sub (i32.const 1) (i32.const 4)))`,
    calls: each('f', 'i32:0', 'i32:1', 'i32:2', 'i32:3', 'i32:4', 'i32:4294967295'),
    everyLimit: true,
  },
  {
    name: 'br_table with values',
    wat: `(func (export "f") (param i32) (result i32)
      (block $b (result i32) (block $a (result i32) (br_table $a $b $a (i32.const 5) (local.get 0))) (i32.mul (i32.const 2))))`,
    calls: each('f', ...few),
  },
  {
    name: 'br_table to a loop and out',
    wat: `(func (export "f") (param i32) (result i32) (local i32)
      (block $out (loop $l
        (local.set 1 (i32.add (local.get 1) (i32.const 1)))
        (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
        (br_table $out $l (i32.gt_s (local.get 0) (i32.const 0)))))
      (local.get 1))`,
    calls: each('f', 'i32:0', 'i32:5'),
    everyLimit: true,
  },
  {
    name: 'br_table with the default alone',
    wat: '(func (export "f") (param i32) (block $a (br_table $a (local.get 0))) (drop (i32.const 1)))',
    calls: each('f', ...few),
  },
  {
    name: 'br_table to the function',
    wat: '(func (export "f") (param i32) (result i32) (br_table 0 0 (i32.const 8) (local.get 0)))',
    calls: each('f', ...few),
  },
  {
    name: 'branch to the function’s end',
    wat: '(func (export "f") (param i32) (result i32) (br_if 0 (i32.const 3) (local.get 0)) (drop) (br 0 (i32.const 7)))',
    calls: each('f', ...few),
    everyLimit: true,
  },
  {
    name: 'deeply nested blocks',
    wat: `(func (export "f") (param i32) (result i32) ${'(block '.repeat(50)} (br_if 25 (local.get 0)) (local.set 0 (i32.const 9)) ${')'.repeat(50)} (local.get 0))`,
    calls: each('f', ...few),
  },
  {
    name: 'a long straight line',
    wat: `(func (export "f") (result i32) (i32.const 0) ${'(i32.add (i32.const 1)) '.repeat(500)})`,
    calls: ['f'],
    everyLimit: true,
  },
  {
    name: 'multiple results through a block',
    wat: '(func (export "f") (param i32) (result i32 i64) (block (result i32 i64) (i32.const 1) (i64.const 2) (br_if 0 (local.get 0)) (drop) (drop) (i32.const 3) (i64.const 4)))',
    calls: each('f', ...few),
  },
];
