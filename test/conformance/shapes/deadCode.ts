import type { Shape } from './shape.ts';

const adds = '(drop (i32.add (i32.const 1) (i32.const 2)))';
const both = ['f i32:0', 'f i32:1'];

/** Code that the validator knows to be unreachable costs nothing; what a branch reaches costs again. */
export const deadCodeShapes: readonly Shape[] = [
  { name: 'after return', wat: `(func (export "f") (return) ${adds})`, calls: ['f'], everyLimit: true },
  { name: 'after br', wat: `(func (export "f") (block (br 0) ${adds}) ${adds})`, calls: ['f'] },
  {
    name: 'after br_table',
    wat: `(func (export "f") (param i32) (block (br_table 0 (local.get 0)) ${adds}) ${adds})`,
    calls: both,
  },
  { name: 'after unreachable', wat: `(func (export "f") (unreachable) ${adds})`, calls: ['f'] },
  {
    name: 'blocks, loops and ifs in dead code',
    wat: `(func (export "f") (block (br 0) (block ${adds}) (loop ${adds}) (if (i32.const 1) (then ${adds}) (else ${adds})) (br_if 0 (i32.const 1))) ${adds})`,
    calls: ['f'],
  },
  {
    name: 'the else of a dead then',
    wat: `(func (export "f") (param i32) (if (local.get 0) (then (return) ${adds}) (else ${adds})) ${adds})`,
    calls: both,
    everyLimit: true,
  },
  {
    name: 'a dead else, a live then',
    wat: `(func (export "f") (param i32) (if (local.get 0) (then ${adds}) (else (return) ${adds})) ${adds})`,
    calls: both,
    everyLimit: true,
  },
  {
    name: 'an else in dead code',
    wat: `(func (export "f") (block (br 0) (if (then ${adds}) (else ${adds})) ${adds}) ${adds})`,
    calls: ['f'],
  },
  {
    name: 'a block’s end that only a dead branch targets',
    wat: `(func (export "f") (param i32) (block (if (local.get 0) (then (return)) (else (return))) (br 0)) ${adds})`,
    calls: both,
  },
  {
    name: 'a block’s end that an inner br_if targets',
    wat: `(func (export "f") (param i32) (block (br_if 0 (local.get 0)) (return)) ${adds})`,
    calls: both,
    everyLimit: true,
  },
  {
    name: 'a block’s end that an inner br_table targets',
    wat: `(func (export "f") (param i32) (block (block (br_table 0 1 (local.get 0))) (return)) ${adds})`,
    calls: both,
  },
  {
    name: 'a loop’s end that only its own label would reach',
    wat: `(func (export "f") (param i32) (loop (br_if 0 (i32.eqz (local.tee 0 (i32.eqz (local.get 0))))) (return)) ${adds})`,
    calls: both,
  },
  {
    name: 'a loop that returns',
    wat: `(func (export "f") (param i32) (result i32) (loop (result i32) (return (local.get 0)) ${adds}) (i32.add (i32.const 1)))`,
    calls: both,
  },
  {
    name: 'an if whose arms both branch to its end',
    wat: `(func (export "f") (param i32) (if (local.get 0) (then (br 0) ${adds}) (else (br 0) ${adds})) ${adds})`,
    calls: both,
  },
  {
    name: 'an if without else whose then returns',
    wat: `(func (export "f") (param i32) (if (local.get 0) (then (return))) ${adds})`,
    calls: both,
    everyLimit: true,
  },
  {
    name: 'a branch past a dead tail to the function',
    wat: `(func (export "f") (param i32) (block (br_if 1 (local.get 0)) (unreachable)) ${adds})`,
    calls: both,
  },
  {
    name: 'code after an infinite loop',
    wat: `(func (export "f") (loop (br 0)) ${adds})`,
    calls: ['f'],
    fuel: 500,
  },
  {
    name: 'dead code that pops what is not there',
    wat: '(func (export "f") (result i32) (unreachable) (i32.add) (select) (i64.eqz))',
    calls: ['f'],
  },
  {
    name: 'a dead call and a dead memory access',
    wat: '(memory 1) (func $g) (func (export "f") (return) (call $g) (i32.store (i32.const 0) (i32.const 1)))',
    calls: ['f'],
  },
];
