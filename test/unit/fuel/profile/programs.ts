/** Programs of every kind of control flow; `f` is called. */
export const programs: readonly { readonly name: string; readonly text: string; readonly args: number[] }[] =
  [
    { name: 'an empty function', text: '(module (func (export "f")))', args: [] },
    {
      name: 'nested loops',
      text: `(module (func (export "f") (param i32) (local i32)
      (loop $outer
        (local.set 1 (i32.const 3))
        (loop $inner (br_if $inner (local.tee 1 (i32.sub (local.get 1) (i32.const 1)))))
        (br_if $outer (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))`,
      args: [7],
    },
    {
      name: 'both branches, and code after them',
      text: `(module (func $g (param i32) (result i32)
        (if (result i32) (local.get 0) (then (i32.const 1)) (else (i32.add (i32.const 2) (i32.const 3)))))
      (func (export "f") (drop (i32.add (call $g (i32.const 0)) (call $g (i32.const 9)))) (nop)))`,
      args: [],
    },
    {
      name: 'a table of branches, and dead code',
      text: `(module (func $g (param i32) (result i32)
        (block (block (block (br_table 0 1 2 (local.get 0))) (return (i32.const 10)) (drop (i32.const 1)))
          (return (i32.const 20)))
        (i32.const 30))
      (func (export "f") (drop (call $g (i32.const 0))) (drop (call $g (i32.const 1))) (drop (call $g (i32.const 5)))))`,
      args: [],
    },
    {
      name: 'recursion',
      text: `(module (func $fib (export "f") (param i32) (result i32)
      (if (result i32) (i32.lt_s (local.get 0) (i32.const 2)) (then (local.get 0))
        (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1)))
                       (call $fib (i32.sub (local.get 0) (i32.const 2))))))))`,
      args: [12],
    },
    {
      name: 'tail calls',
      text: `(module (func $down (param i32) (result i32)
        (if (local.get 0) (then (return_call $down (i32.sub (local.get 0) (i32.const 1))))) (i32.const 4))
      (func (export "f") (result i32) (call $down (i32.const 50))))`,
      args: [],
    },
    {
      name: 'indirect calls, also of what is exported',
      text: `(module (type $t (func (param i32) (result i32))) (table funcref (elem $one $two))
      (func $one (export "one") (param i32) (result i32) (local.get 0))
      (func $two (param i32) (result i32) (i32.mul (local.get 0) (call $one (i32.const 2))))
      (func (export "f") (param i32) (local i32)
        (loop (local.set 1 (i32.add (local.get 1)
            (call_indirect (type $t) (local.get 0) (i32.and (local.get 0) (i32.const 1)))))
          (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))`,
      args: [9],
    },
    {
      name: 'several results, and blocks with parameters',
      text: `(module (func $pair (param i32) (result i32 i64) (local.get 0) (i64.const 3))
      (func (export "f") (param i32) (result i32)
        (call $pair (local.get 0)) (drop)
        (loop (param i32) (result i32) (i32.sub (i32.const 1)) (local.tee 0) (br_if 0 (local.get 0)))))`,
      args: [6],
    },
    {
      name: 'memory that grows, and is filled',
      text: `(module (memory 1 3) (global $g (mut i32) (i32.const 5))
      (func (export "f") (param i32)
        (drop (memory.grow (i32.const 1))) (drop (memory.grow (local.get 0)))
        (memory.fill (i32.const 0) (i32.const 1) (global.get $g))
        (global.set $g (i32.load (i32.const 8)))
        (memory.copy (i32.const 0) (i32.const 8) (i32.const 4))))`,
      args: [100],
    },
    {
      name: 'growth whose result is returned, or passed on',
      text: `(module (memory 1 9) (table $t 1 9 funcref) (type $i (func (param i32) (result i32))) (elem (table $t) (i32.const 0) func $same)
      (func $same (param i32) (result i32) (local.get 0))
      (func $returned (param i32) (result i32) (if (local.get 0) (then (return (memory.grow (local.get 0))))) (i32.const 0))
      (func $passed (param i32) (result i32) (return_call $same (table.grow $t (ref.null func) (local.get 0))))
      (func (export "f") (param i32) (result i32)
        (drop (call $same (memory.grow (local.get 0)))) (drop (call $returned (local.get 0))) (drop (call $passed (local.get 0)))
        (drop (memory.grow (i32.const 70000)))
        (call_indirect $t (type $i) (i32.const 4) (i32.sub (table.grow $t (ref.null func) (local.get 0)) (i32.const 3)))))`,
      args: [2],
    },
    {
      name: 'an unreachable within calls',
      text: `(module (func $fail (param i32) (if (i32.eqz (local.get 0)) (then (unreachable)))
        (call $fail (i32.sub (local.get 0) (i32.const 1))) (nop))
      (func (export "f") (call $fail (i32.const 20)) (drop (i32.const 1))))`,
      args: [],
    },
  ];
