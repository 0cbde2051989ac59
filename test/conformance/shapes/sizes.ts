import type { Shape } from './shape.ts';

const fill = (size: string) => `(memory.fill (i32.const 0) (i32.const 1) ${size})`;
/** With `$x` set to a small constant. */
const set = '(local.set $x (i32.const 20))';
const get = '(local.get $x)';

/**
 * Ways on which a size comes to a bulk operator. `wasmtime-current` leaves out the check after it where Cranelift takes
 * the size for a small constant, so under some limit each that is judged wrongly ends otherwise. `$p` is a parameter.
 */
const ways: Readonly<Record<string, string>> = {
  'a local': `${set} ${fill(get)}`,
  'a local of 128': `(local.set $x (i32.const 128)) ${fill(get)}`,
  'a local of 129': `(local.set $x (i32.const 129)) ${fill(get)}`,
  'a tee': fill('(local.tee $x (i32.const 20))'),
  'a local after a tee': `(drop (local.tee $x (i32.const 20))) ${fill(get)}`,
  'two locals': `${set} (local.set $y ${get}) ${fill('(local.get $y)')}`,
  'a local that nobody set': fill(get),
  'a parameter': fill('(local.get $p)'),
  'a parameter that was set': `(local.set $p (i32.const 20)) ${fill('(local.get $p)')}`,
  'a sum': fill('(i32.add (i32.const 10) (i32.const 10))'),
  'a local of a sum': `(local.set $x (i32.add (i32.const 10) (i32.const 10))) ${fill(get)}`,
  'a negative constant in a local that is not used': `(local.set $x (i32.const -1)) ${set} ${fill(get)}`,
  'a select': fill('(select (i32.const 20) (i32.const 20) (local.get $p))'),
  'a block': fill('(block (result i32) (i32.const 20))'),
  'an if': fill('(if (result i32) (local.get $p) (then (i32.const 20)) (else (i32.const 30)))'),
  'a global': fill('(global.get $constant)'),
  'a global of 200': fill('(global.get $large)'),
  'a mutable global': fill('(global.get $mutable)'),
  'a local of a global': `(local.set $x (global.get $constant)) ${fill(get)}`,
  'the size of a table that can not grow': fill('(table.size $fixed)'),
  'the size of a table that can': fill('(table.size $table)'),
  'the size of a memory': fill('(memory.size)'),
  'a wrapped number': fill('(i32.wrap_i64 (i64.const 20))'),
  'beneath a call': '(i32.const 0) (i32.const 2) (i32.const 20) (call $nothing) (memory.fill)',
  'beneath a nop and a drop':
    '(i32.const 0) (i32.const 2) (i32.const 20) (nop) (drop (local.get $p)) (memory.fill)',
  'beneath a block': `(i32.const 0) (i32.const 2) (i32.const 20) (block (br_if 0 (local.get $p)) (call $nothing)) (memory.fill)`,
  'beneath a loop': `(i32.const 0) (i32.const 2) (i32.const 20)
    (loop (br_if 0 (local.tee $p (i32.shr_u (local.get $p) (i32.const 1))))) (memory.fill)`,
  'a block, as a parameter': `(i32.const 0) (i32.const 2) (i32.const 20) (block (param i32 i32 i32) (memory.fill))`,
  'a loop, as a parameter': `(i32.const 0) (i32.const 2) (i32.const 20) (loop (param i32 i32 i32) (memory.fill))`,
  'an if, as a parameter': `(i32.const 0) (i32.const 2) (i32.const 20) (local.get $p)
    (if (param i32 i32 i32) (then (memory.fill)) (else (drop) (drop) (drop)))`,
  'an else, as a parameter': `(i32.const 0) (i32.const 2) (i32.const 20) (local.get $p)
    (if (param i32 i32 i32) (then (drop) (drop) (drop)) (else (memory.fill)))`,
  'a local, in a block': `${set} (block (br_if 0 (local.get $p)) ${fill(get)})`,
  'a local, after a block': `${set} (block (br_if 0 (local.get $p)) (call $nothing)) ${fill(get)}`,
  'a local, in an if': `${set} (if (local.get $p) (then ${fill(get)}))`,
  'a local, in an else': `${set} (if (local.get $p) (then (call $nothing)) (else ${fill(get)}))`,
  'a local, after an if': `${set} (if (local.get $p) (then (call $nothing))) ${fill(get)}`,
  'a local, after an if and its else': `${set} (if (local.get $p) (then (nop)) (else (call $nothing))) ${fill(get)}`,
  'a local that an if sets': `${set} (if (local.get $p) (then ${set})) ${fill(get)}`,
  'a local that both branches set': `(if (local.get $p) (then ${set}) (else ${set})) ${fill(get)}`,
  'a local that an if sets to itself': `${set} (if (local.get $p) (then (local.set $x ${get}))) ${fill(get)}`,
  'a local that only an unreachable path sets': `${set}
    (block (br_if 0 (local.get $p)) (call $nothing) (br 0) (local.set $x (i32.const 30))) ${fill(get)}`,
  'a local that a path sets which returns': `${set} (if (local.get $p) (then (local.set $x (i32.const 30)) (return))) ${fill(get)}`,
  'a local, in a loop': `${set} (loop ${fill(get)} (br_if 0 (local.tee $p (i32.shr_u (local.get $p) (i32.const 1)))))`,
  'a local, in a block of a loop': `${set} (loop (block (br_if 0 (local.get $p)) ${fill(get)})
    (br_if 0 (local.tee $p (i32.shr_u (local.get $p) (i32.const 1)))))`,
  'a local, after a loop': `${set} (loop (br_if 0 (local.tee $p (i32.shr_u (local.get $p) (i32.const 1))))) ${fill(get)}`,
  'a local that a loop reads, after it': `${set} (loop (drop ${get})
    (br_if 0 (local.tee $p (i32.shr_u (local.get $p) (i32.const 1))))) ${fill(get)}`,
  'a local that a loop copies, after it': `${set} (loop (local.set $y ${get})
    (br_if 0 (local.tee $p (i32.shr_u (local.get $p) (i32.const 1))))) ${fill('(local.get $y)')}`,
  'a local that a loop sets, after it': `${set} (loop ${set}
    (br_if 0 (local.tee $p (i32.shr_u (local.get $p) (i32.const 1))))) ${fill(get)}`,
  'a local that a loop sets, in it': `(loop ${set} ${fill(get)}
    (br_if 0 (local.tee $p (i32.shr_u (local.get $p) (i32.const 1)))))`,
  'a local, after two loops': `${set} (loop (loop (br_if 1 (local.tee $p (i32.shr_u (local.get $p) (i32.const 1)))))) ${fill(get)}`,
  'a local, by way of a table of branches': `${set} (block (block (block (br_table 0 1 2 0 (local.get $p))) (call $nothing)))
    ${fill(get)}`,
  'a local that one way of a table of branches sets': `${set}
    (block (block (block (br_table 0 1 2 0 (local.get $p))) (local.set $x (i32.const 21)))) ${fill(get)}`,
  'a local, after a br_if with a value': `${set} (drop (block (result i32) (br_if 0 (i32.const 5) (local.get $p))
    (drop) ${fill(get)} (i32.const 1)))`,
  'a value that a br_if carries': `(i32.const 0) (i32.const 2)
    (block (result i32) (br_if 0 (i32.const 20) (local.get $p)) (drop) (i32.const 20)) (memory.fill)`,
  'beneath a br_if': `(block (result i32) (i32.const 0) (i32.const 2) (i32.const 20) (br_if 0 (i32.const 3) (local.get $p)) (drop)
    (memory.fill) (i32.const 1)) (drop)`,
  'a local, after a growing memory': `${set} (drop (memory.grow (local.get $p))) ${fill(get)}`,
  'a local, after a call through a table': `${set} (call_indirect $table (i32.const 0)) ${fill(get)}`,
  'a local, after a copy of unknown length': `${set} (memory.copy (i32.const 0) (i32.const 9) (local.get $p)) ${fill(get)}`,
  'a memory that grows by a local': `(local.set $x (i32.const 1)) (drop (memory.grow ${get}))`,
  'a table that grows by a local': `(local.set $x (i32.const 9)) (drop (table.grow $table (ref.null func) ${get}))`,
  'a table that is filled by a local': `(local.set $x (i32.const 9)) (table.fill $table (i32.const 0) (ref.null func) ${get})`,
  'a memory that is copied by a local': `${set} (memory.copy (i32.const 0) (i32.const 50) ${get})`,
  'a memory that is begun by a local': `(local.set $x (i32.const 5)) (memory.init $data (i32.const 0) (i32.const 1) ${get})`,
  'a local past vectors': `${set} (v128.store (i32.const 0) (i8x16.add (v128.load (i32.const 16)) (i8x16.splat (local.get $p)))) ${fill(get)}`,
};

export const sizeShapes: readonly Shape[] = Object.entries(ways).map(([name, body]) => ({
  name: `a size that comes through ${name}`,
  wat: `(memory (export "m") 1 200) (data $data "0123456789") (table $table 30 400 funcref) (table $fixed 20 20 funcref)
    (global $constant i32 (i32.const 20)) (global $large i32 (i32.const 200)) (global $mutable (mut i32) (i32.const 20))
    (elem (table $table) (i32.const 0) func $nothing) (func $nothing)
    (func (export "f") (param $p i32) (local $x i32) (local $y i32) ${body} (drop (i32.add (i32.const 1) (i32.const 2))))`,
  calls: ['f i32:0', 'f i32:1', 'f i32:2', 'f i32:3'],
  // The older model charges no sizes.
  models: ['wasmtime-current'],
  everyLimit: true,
}));
