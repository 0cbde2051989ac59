;; The pass's way through ordinary code: copies what stays as it is, and adds what counts, with the same outcome as
;; bodyRewriter.ts, which knows all the rest. scanner.ts has the tables and says what stands where in memory.
;; `node scripts/assemble-scan.mjs` makes src/fuel/scanCode.ts of it.
(module
  (import "scan" "memory" (memory 1))

  ;; Two bytes of the result.
  (func $emit (param $opcode i32) (param $index i32)
    (local $to i32)
    (local.set $to (i32.load offset=0 (i32.const 0)))
    (i32.store16 align=1 (local.get $to)
      (i32.or (local.get $opcode) (i32.shl (local.get $index) (i32.const 8))))
    (i32.store offset=0 (i32.const 0) (i32.add (local.get $to) (i32.const 2))))

  ;; CounterCode.sum: leaves the count with what is pending on the stack.
  (func $sum
    (local $to i32) (local $pending i32)
    (call $emit (i32.const 0x20) (i32.load offset=28 (i32.const 0)))
    (if (i32.and (i32.load offset=12 (i32.const 0)) (i32.eqz (i32.load offset=16 (i32.const 0))))
      (then
        (call $emit (i32.const 0x22) (i32.load offset=32 (i32.const 0)))
        (i32.store offset=16 (i32.const 0) (i32.const 1))))
    (local.set $pending (i32.load offset=8 (i32.const 0)))
    (if (i32.eqz (local.get $pending)) (then (return)))
    (i32.store offset=8 (i32.const 0) (i32.const 0))
    (if (i32.lt_u (local.get $pending) (i32.const 64))
      (then (call $emit (i32.const 0x42) (local.get $pending)))
      (else
        (call $emit (i32.const 0x42) (i32.or (i32.and (local.get $pending) (i32.const 0x7f)) (i32.const 0x80)))
        (local.set $to (i32.load offset=0 (i32.const 0)))
        (i32.store8 (local.get $to) (i32.shr_u (local.get $pending) (i32.const 7)))
        (i32.store offset=0 (i32.const 0) (i32.add (local.get $to) (i32.const 1)))))
    (local.set $to (i32.load offset=0 (i32.const 0)))
    (i32.store8 (local.get $to) (i32.const 0x7c))
    (i32.store offset=0 (i32.const 0) (i32.add (local.get $to) (i32.const 1))))

  ;; CounterCode.settle: brings both locals up to date.
  (func $settle
    (if (i32.load offset=8 (i32.const 0))
      (then
        (call $sum)
        (call $emit (i32.const 0x21) (i32.load offset=28 (i32.const 0))))
      (else
        (if (i32.and (i32.load offset=12 (i32.const 0)) (i32.eqz (i32.load offset=16 (i32.const 0))))
          (then
            (call $emit (i32.const 0x20) (i32.load offset=28 (i32.const 0)))
            (call $emit (i32.const 0x21) (i32.load offset=32 (i32.const 0)))
            (i32.store offset=16 (i32.const 0) (i32.const 1)))))))

  ;; CounterCode.freshen: writes a stale value to the global.
  (func $freshen
    (if (i32.eqz (i32.load offset=12 (i32.const 0))) (then (return)))
    (if (i32.load offset=16 (i32.const 0))
      (then (call $emit (i32.const 0x20) (i32.load offset=32 (i32.const 0))))
      (else
        (call $emit (i32.const 0x20) (i32.load offset=28 (i32.const 0)))
        (call $emit (i32.const 0x22) (i32.load offset=32 (i32.const 0)))))
    (call $emit (i32.const 0x24) (i32.load offset=36 (i32.const 0)))
    (call $resume (i32.load offset=8 (i32.const 0)) (i32.const 0)))

  ;; CounterCode.resume, with what is pending.
  (func $resume (param $pending i32) (param $stale i32)
    (i32.store offset=8 (i32.const 0) (local.get $pending))
    (i32.store offset=12 (i32.const 0) (local.get $stale))
    (i32.store offset=16 (i32.const 0) (i32.const 1)))

  ;; A branch to a label that exists: BodyRewriter.settleFor.
  (func $branch (param $label i32)
    (local $at i32) (local $frame i32)
    (call $settle)
    (local.set $at (call $frameOf (local.get $label)))
    (local.set $frame (i32.load8_u (local.get $at)))
    (if (i32.eq (i32.and (local.get $frame) (i32.const 3)) (i32.const 1))
      (then
        (if (i32.eqz (i32.and (local.get $frame) (i32.const 64))) (then (call $freshen))))
      (else
        (i32.store8 (local.get $at)
          (i32.or (local.get $frame)
            (select (i32.const 36) (i32.const 4) (i32.load offset=12 (i32.const 0))))))))

  ;; A br_if that sums up where it is taken: BodyRewriter.branchAway.
  (func $branchAway (param $label i32)
    (local $pending i32) (local $isStale i32) (local $isKept i32) (local $to i32)
    (local.set $pending (i32.load offset=8 (i32.const 0)))
    (local.set $isStale (i32.load offset=12 (i32.const 0)))
    (local.set $isKept (i32.load offset=16 (i32.const 0)))
    (call $emit (i32.const 0x04) (i32.const 0x40))
    (call $branch (local.get $label))
    (call $emit (i32.const 0x0c) (i32.add (local.get $label) (i32.const 1)))
    (local.set $to (i32.load offset=0 (i32.const 0)))
    (i32.store8 (local.get $to) (i32.const 0x0b))
    (i32.store offset=0 (i32.const 0) (i32.add (local.get $to) (i32.const 1)))
    (i32.store offset=8 (i32.const 0) (local.get $pending))
    (i32.store offset=12 (i32.const 0) (local.get $isStale))
    (i32.store offset=16 (i32.const 0) (local.get $isKept)))

  ;; The frame of a label that exists.
  (func $frameOf (param $label i32) (result i32)
    (i32.sub (i32.add (i32.load offset=40 (i32.const 0)) (i32.load offset=24 (i32.const 0)))
      (i32.add (local.get $label) (i32.const 1))))

  ;; A br_table, with what is pending then: BodyRewriter.branchTable. Returns the place after it; 0 where a label does
  ;; not exist, or its number is longer than six bytes.
  (func $table (param $position i32) (param $end i32) (param $pending i32) (result i32)
    (local $at i32) (local $left i32) (local $length i32) (local $word i64) (local $label i32)
    (local $reachable i32) (local $isFresh i32) (local $frame i32) (local $branched i32)
    (local.set $reachable (i32.load offset=20 (i32.const 0)))
    (local.set $branched (select (i32.const 36) (i32.const 4) (i32.load offset=12 (i32.const 0))))
    ;; Numbers are read as of an operator that begins a byte before them: first how many labels there are but the last.
    (local.set $word (i64.load align=1 (local.get $position)))
    (local.set $length (call $length (local.get $word)))
    (if (i32.gt_u (local.get $length) (i32.const 6)) (then (return (i32.const 0))))
    (local.set $left (call $number (local.get $word) (local.get $length)))
    (local.set $at (i32.add (local.get $position) (i32.sub (local.get $length) (i32.const 1))))
    (if (i32.gt_u (local.get $left) (i32.const 0xffffff)) (then (return (i32.const 0))))
    (loop $next
      (local.set $word (i64.load align=1 (local.get $at)))
      (local.set $length (call $length (local.get $word)))
      (if (i32.gt_u (local.get $length) (i32.const 6)) (then (return (i32.const 0))))
      (local.set $label (call $number (local.get $word) (local.get $length)))
      (if (i32.ge_u (local.get $label) (i32.load offset=24 (i32.const 0))) (then (return (i32.const 0))))
      (local.set $at (i32.add (local.get $at) (i32.sub (local.get $length) (i32.const 1))))
      (if (i32.ge_u (local.get $at) (local.get $end)) (then (return (i32.const 0))))
      (if (local.get $reachable)
        (then
          (local.set $label (call $frameOf (local.get $label)))
          (local.set $frame (i32.load8_u (local.get $label)))
          (if (i32.eq (i32.and (local.get $frame) (i32.const 3)) (i32.const 1))
            (then
              (if (i32.eqz (i32.and (local.get $frame) (i32.const 64)))
                (then (local.set $isFresh (i32.const 1)))))
            (else (i32.store8 (local.get $label) (i32.or (local.get $frame) (local.get $branched)))))))
      (local.set $left (i32.sub (local.get $left) (i32.const 1)))
      (br_if $next (i32.ge_s (local.get $left) (i32.const 0))))
    (local.set $at (i32.add (local.get $at) (i32.const 1)))
    (i32.store offset=8 (i32.const 0) (local.get $pending))
    (if (local.get $reachable)
      (then
        (call $settle)
        (if (local.get $isFresh) (then (call $freshen)))
        (call $unreachable)))
    (loop $more
      (call $copy (local.get $position)
        (select (i32.const 4) (i32.sub (local.get $at) (local.get $position))
          (i32.gt_u (i32.sub (local.get $at) (local.get $position)) (i32.const 4))))
      (local.set $position (i32.add (local.get $position) (i32.const 4)))
      (br_if $more (i32.lt_u (local.get $position) (local.get $at))))
    (local.get $at))

  ;; The end of a block: BodyRewriter.endBlock.
  (func $end
    (local $frame i32) (local $hasTwoPaths i32) (local $joins i32) (local $reachable i32) (local $stale i32)
    (local.set $frame (i32.load8_u (call $frameOf (i32.const 0))))
    (local.set $reachable (i32.load offset=20 (i32.const 0)))
    (local.set $hasTwoPaths (i32.and (local.get $frame) (i32.const 2)))
    ;; Branched to, or another path ends here too.
    (local.set $joins
      (i32.or (i32.and (local.get $frame) (i32.const 4))
        (i32.and (local.get $hasTwoPaths) (i32.shr_u (local.get $frame) (i32.const 2)))))
    (if (local.get $joins)
      (then
        (if (local.get $reachable) (then (call $settle)))
        (local.set $stale
          (i32.or (i32.and (local.get $frame) (i32.const 32))
            (i32.and (local.get $hasTwoPaths) (i32.shr_u (local.get $frame) (i32.const 5)))))
        (if (local.get $reachable)
          (then (local.set $stale (i32.or (local.get $stale) (i32.load offset=12 (i32.const 0))))))
        (call $resume (i32.const 0) (i32.ne (local.get $stale) (i32.const 0)))
        (i32.store offset=20 (i32.const 0) (i32.const 1))))
    (i32.store offset=24 (i32.const 0) (i32.sub (i32.load offset=24 (i32.const 0)) (i32.const 1))))

  ;; Leaves the count as a result, or writes it to the global: before a return, and at the function's end.
  (func $exit
    (if (i32.or (i32.load offset=68 (i32.const 0)) (i32.load offset=20 (i32.const 0)))
      (then (call $sum)))
    (if (i32.lt_u (i32.load offset=68 (i32.const 0)) (i32.load offset=20 (i32.const 0)))
      (then (call $emit (i32.const 0x24) (i32.load offset=36 (i32.const 0))))))

  ;; A loop of no type or a numeric one, with what is pending then: BodyRewriter.openLoop. Returns the place after it,
  ;; or 0.
  (func $loop (param $position i32) (param $pending i32) (result i32)
    (local $type i32) (local $reachable i32) (local $staysStale i32) (local $depth i32)
    (local.set $type (i32.load8_u offset=1 (local.get $position)))
    (local.set $depth (i32.load offset=24 (i32.const 0)))
    (if
      (i32.or (i32.ge_u (local.get $depth) (i32.const 0x7f))
        (i32.and (i32.ne (local.get $type) (i32.const 0x40))
          (i32.gt_u (i32.sub (local.get $type) (i32.const 0x7b)) (i32.const 4))))
      (then (return (i32.const 0))))
    (local.set $reachable (i32.load offset=20 (i32.const 0)))
    (i32.store offset=8 (i32.const 0) (local.get $pending))
    (if (local.get $reachable)
      (then
        (call $settle)
        (local.set $staysStale
          (i32.eqz (call $mayTrap (i32.add (local.get $position) (i32.const 2)))))
        (if (i32.eqz (local.get $staysStale)) (then (call $freshen)))))
    (i32.store8 (i32.add (i32.load offset=40 (i32.const 0)) (local.get $depth))
      (i32.or (i32.const 1)
        (i32.or (i32.shl (local.get $reachable) (i32.const 3))
          (i32.shl (local.get $staysStale) (i32.const 6)))))
    (local.set $depth (i32.add (local.get $depth) (i32.const 1)))
    (i32.store offset=24 (i32.const 0) (local.get $depth))
    (call $copy (local.get $position) (i32.const 2))
    (if (local.get $reachable)
      (then
        (call $place (i32.sub (local.get $position) (i32.load offset=64 (i32.const 0))))
        (call $emit (i32.const 0x20) (i32.load offset=28 (i32.const 0)))
        ;; i64.const 0, i64.ge_s, br_if
        (call $emit (i32.const 0x42) (i32.const 0))
        (call $emit (i32.const 0x59) (i32.const 0x0d))
        (call $emit (local.get $depth) (i32.const 0x1a))
        (call $resume (i32.const 0) (local.get $staysStale))))
    (i32.add (local.get $position) (i32.const 2)))

  ;; i32.const of an offset in the module.
  (func $place (param $place i32)
    (local $to i32)
    (local.set $to (i32.load offset=0 (i32.const 0)))
    (i32.store8 (local.get $to) (i32.const 0x41))
    (local.set $to (i32.add (local.get $to) (i32.const 1)))
    (loop $more
      (if (i32.ge_u (local.get $place) (i32.const 64))
        (then
          (i32.store8 (local.get $to) (i32.or (local.get $place) (i32.const 0x80)))
          (local.set $to (i32.add (local.get $to) (i32.const 1)))
          (local.set $place (i32.shr_u (local.get $place) (i32.const 7)))
          (br $more))))
    (i32.store8 (local.get $to) (local.get $place))
    (i32.store offset=0 (i32.const 0) (i32.add (local.get $to) (i32.const 1))))

  ;; An operator after 0xfc, with what is pending: BodyRewriter.operators. Returns the place after it, or 0.
  (func $prefixed (param $position i32) (param $pending i32) (result i32)
    (local $opcode i32) (local $shape i32) (local $at i32) (local $numbers i32)
    (local.set $opcode (i32.load8_u offset=1 (local.get $position)))
    (if (i32.ge_u (local.get $opcode) (i32.const 0x20)) (then (return (i32.const 0))))
    (local.set $shape (i32.load8_u offset=0x1900 (local.get $opcode)))
    (local.set $numbers (i32.load8_u offset=0x1c00 (i32.and (local.get $shape) (i32.const 0x7f))))
    (if (i32.eq (local.get $numbers) (i32.const 255)) (then (return (i32.const 0))))
    (local.set $at (i32.add (local.get $position) (i32.const 2)))
    (if (local.get $numbers)
      (then
        (loop $number
          ;; One byte each, as ever.
          (if (i32.ge_u (i32.load8_u (local.get $at)) (i32.const 0x80)) (then (return (i32.const 0))))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (local.set $numbers (i32.sub (local.get $numbers) (i32.const 1)))
          (br_if $number (local.get $numbers)))))
    (if (i32.load offset=20 (i32.const 0))
      (then
        (i32.store offset=8 (i32.const 0)
          (i32.add (local.get $pending) (i32.load8_u offset=0x1d00 (local.get $opcode))))
        (if (i32.and (local.get $shape) (i32.const 0x80)) (then (call $freshen)))))
    (call $copy (local.get $position) (i32.sub (local.get $at) (local.get $position)))
    (local.get $at))

  ;; Whether the block whose contents begin at $at has an operator that may trap: lookahead.ts.
  (func $mayTrap (param $at i32) (result i32)
    (local $limit i32) (local $depth i32) (local $opcode i32) (local $shape i32)
    (local.set $limit (i32.add (local.get $at) (i32.const 192)))
    (local.set $depth (i32.const 1))
    (block $yes
      (loop $next
        (br_if $yes (i32.ge_u (local.get $at) (local.get $limit)))
        (local.set $opcode (i32.load8_u (local.get $at)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (if (i32.ge_u (local.get $opcode) (i32.const 0xfc))
          (then
            (br_if $yes (i32.gt_u (local.get $opcode) (i32.const 0xfd)))
            (br_if $yes (i32.ge_u (i32.load8_u (local.get $at)) (i32.const 0x80)))
            (local.set $opcode
              (i32.add (i32.load8_u (local.get $at))
                (select (i32.const 0x120) (i32.const 0x100)
                  (i32.eq (local.get $opcode) (i32.const 0xfd)))))
            (local.set $at (i32.add (local.get $at) (i32.const 1)))))
        (local.set $shape (i32.load8_u offset=0x1800 (local.get $opcode)))
        (block $skip
          (block $twice
            ;; As immediates in opcodes.ts; 0x80 and more may trap.
            (block $block
              (block $v128
                (block $f64
                  (block $f32
                    (block $lane
                      (block $none
                        (br_table $none $block $skip $yes $skip $twice $skip $skip $skip $yes $yes $yes
                          $f32 $f64 $v128 $lane $yes
                          (local.get $shape)))
                      (br_if $next (i32.ne (local.get $opcode) (i32.const 0x0b)))
                      (local.set $depth (i32.sub (local.get $depth) (i32.const 1)))
                      (br_if $next (local.get $depth))
                      (return (i32.const 0)))
                    (local.set $at (i32.add (local.get $at) (i32.const 1)))
                    (br $next))
                  (local.set $at (i32.add (local.get $at) (i32.const 4)))
                  (br $next))
                (local.set $at (i32.add (local.get $at) (i32.const 8)))
                (br $next))
              (local.set $at (i32.add (local.get $at) (i32.const 16)))
              (br $next))
            (local.set $depth (i32.add (local.get $depth) (i32.const 1)))
            (br $skip))
          (local.set $at (call $past (local.get $at) (local.get $limit))))
        (local.set $at (call $past (local.get $at) (local.get $limit)))
        (br $next)))
    (i32.const 1))

  ;; The place after a number, $limit at most.
  (func $past (param $at i32) (param $limit i32) (result i32)
    (loop $more
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $more
        (i32.and (i32.lt_u (local.get $at) (local.get $limit))
          (i32.ge_u (i32.load8_u (i32.sub (local.get $at) (i32.const 1))) (i32.const 0x80)))))
    (local.get $at))

  ;; Code after this can't be reached.
  (func $unreachable
    (i32.store offset=20 (i32.const 0) (i32.const 0))
    (call $resume (i32.const 0) (i32.const 0)))

  ;; Treats the operator at $position, whose cost is given, where it is one of the frequent ones. Returns the place
  ;; after it, and 0 where it is for others to treat.
  (func $control (param $position i32) (param $end i32) (param $cost i32) (result i32)
    (local $opcode i32) (local $second i32) (local $length i32) (local $reachable i32) (local $index i32)
    (local.set $opcode (i32.load8_u (local.get $position)))
    (local.set $second (i32.load8_u offset=1 (local.get $position)))
    (local.set $reachable (i32.load offset=20 (i32.const 0)))
    (local.set $cost
      (i32.add (i32.load offset=8 (i32.const 0)) (select (local.get $cost) (i32.const 0) (local.get $reachable))))
    ;; What is pending has to fit into two bytes.
    (if (i32.ge_u (local.get $cost) (i32.const 8192)) (then (return (i32.const 0))))
    (local.set $length (i32.const 2))
    (block $copy
      (block $other
        (block $trapping
          (if (i32.eq (local.get $opcode) (i32.const 3))
            (then (return (call $loop (local.get $position) (local.get $cost)))))
          (if (i32.eq (local.get $opcode) (i32.const 0xfc))
            (then (return (call $prefixed (local.get $position) (local.get $cost)))))
          (block $table
            (block $call
              (block $branch
                (block $end
                  (block $open
                    (block $unreachable
                      (block $return
                        (br_table $unreachable $other $open $other $open $other $other $other $other $other $other
                          $end $branch $branch $table $return $call $trapping
                          (local.get $opcode)))
                      ;; return
                      (i32.store offset=8 (i32.const 0) (local.get $cost))
                      (call $exit)
                      (call $unreachable)
                      (local.set $length (i32.const 1))
                      (br $copy))
                    ;; unreachable
                    (i32.store offset=8 (i32.const 0) (local.get $cost))
                    (if (local.get $reachable)
                      (then
                        (call $sum)
                        (call $emit (i32.const 0x24) (i32.load offset=36 (i32.const 0)))))
                    (call $unreachable)
                    (local.set $length (i32.const 1))
                    (br $copy))
                  ;; block or if, of no type or a numeric one
                  (if
                    (i32.and (i32.ne (local.get $second) (i32.const 0x40))
                      (i32.gt_u (i32.sub (local.get $second) (i32.const 0x7b)) (i32.const 4)))
                    (then (return (i32.const 0))))
                  (i32.store offset=8 (i32.const 0) (local.get $cost))
                  (if (i32.and (i32.eq (local.get $opcode) (i32.const 4)) (local.get $reachable))
                    (then (call $settle)))
                  (i32.store8
                    (i32.add (i32.load offset=40 (i32.const 0)) (i32.load offset=24 (i32.const 0)))
                    (i32.or
                      (i32.or (i32.shl (local.get $reachable) (i32.const 3))
                        (i32.shl (i32.ne (local.get $second) (i32.const 0x40)) (i32.const 4)))
                      (select
                        (i32.or (i32.const 2) (i32.shl (i32.load offset=12 (i32.const 0)) (i32.const 6)))
                        (i32.const 0)
                        (i32.eq (local.get $opcode) (i32.const 4)))))
                  (i32.store offset=24 (i32.const 0)
                    (i32.add (i32.load offset=24 (i32.const 0)) (i32.const 1)))
                  (br $copy))
                ;; end
                (i32.store offset=8 (i32.const 0) (local.get $cost))
                (local.set $length (i32.const 1))
                (if (i32.gt_u (i32.load offset=24 (i32.const 0)) (i32.const 1))
                  (then
                    (call $end)
                    (br $copy)))
                ;; of the function, as it should be its last byte
                (br_if $other
                  (i32.ne (i32.add (local.get $position) (i32.const 1)) (local.get $end)))
                (call $end)
                (call $copy (local.get $position) (i32.const 1))
                (call $exit)
                (return (local.get $end)))
              ;; br or br_if
              (br_if $other (i32.ge_u (local.get $second) (i32.load offset=24 (i32.const 0))))
              (br_if $other (i32.ge_u (local.get $second) (i32.const 0x7f)))
              (i32.store offset=8 (i32.const 0) (local.get $cost))
              (br_if $copy (i32.eqz (local.get $reachable)))
              ;; A br_if without values.
              (if
                (i32.and (i32.eq (local.get $opcode) (i32.const 0x0d))
                  (i32.eqz
                    (i32.and (i32.load8_u (call $frameOf (local.get $second))) (i32.const 16))))
                (then
                  (call $branchAway (local.get $second))
                  (return (i32.add (local.get $position) (i32.const 2)))))
              (call $branch (local.get $second))
              (if (i32.eq (local.get $opcode) (i32.const 0x0c)) (then (call $unreachable)))
              (br $copy))
            ;; call, of a function that takes the count
            (br_if $other (i32.eqz (local.get $reachable)))
            (local.set $length (call $length (i64.load align=1 (local.get $position))))
            (br_if $other (i32.gt_u (local.get $length) (i32.const 6)))
            (local.set $index (call $number (i64.load align=1 (local.get $position)) (local.get $length)))
            (br_if $other (i32.ge_u (local.get $index) (i32.load offset=44 (i32.const 0))))
            (br_if $other
              (i32.eqz (i32.load8_u (i32.add (i32.load offset=48 (i32.const 0)) (local.get $index)))))
            (i32.store offset=8 (i32.const 0) (local.get $cost))
            (call $sum)
            (call $call (local.get $index))
            (call $emit (i32.const 0x21) (i32.load offset=28 (i32.const 0)))
            (call $resume (i32.const 0) (i32.const 1))
            (i32.store offset=16 (i32.const 0) (i32.const 0))
            (return (i32.add (local.get $position) (local.get $length))))
          ;; br_table
          (return (call $table (local.get $position) (local.get $end) (local.get $cost))))
        ;; What may trap while the count is stale, if nothing else is to be done about it.
        (br_if $other
          (i32.eqz (i32.and (local.get $reachable) (i32.load offset=12 (i32.const 0)))))
        (local.set $index (i32.shl (local.get $opcode) (i32.const 2)))
        (br_if $other
          (i32.eqz (i32.and (i32.load offset=0x400 (local.get $index)) (i32.const 0xfff))))
        (br_if $other (i32.and (i32.load offset=0x800 (local.get $index)) (i32.const 0xfff)))
        (call $freshen)
        (return (local.get $position)))
      (return (i32.const 0)))
    (call $copy (local.get $position) (local.get $length))
    (i32.add (local.get $position) (local.get $length)))

  ;; A call, its index as short as can be.
  (func $call (param $index i32)
    (local $to i32)
    (call $emit (i32.const 0x10) (i32.or (local.get $index) (i32.const 0x80)))
    (local.set $to (i32.load offset=0 (i32.const 0)))
    (loop $more
      (if (i32.ge_u (local.get $index) (i32.const 0x80))
        (then
          (local.set $index (i32.shr_u (local.get $index) (i32.const 7)))
          (i32.store8 (local.get $to) (i32.or (local.get $index) (i32.const 0x80)))
          (local.set $to (i32.add (local.get $to) (i32.const 1)))
          (br $more))))
    (i32.store8 offset=0 (i32.sub (local.get $to) (i32.const 1))
      (i32.and (i32.load8_u (i32.sub (local.get $to) (i32.const 1))) (i32.const 0x7f)))
    (i32.store offset=0 (i32.const 0) (local.get $to)))

  ;; Bytes of an operator whose number begins with the second byte of $word; a large number where it does not end in it.
  (func $length (param $word i64) (result i32)
    (i32.add (i32.const 2)
      (i32.shr_u
        (i32.wrap_i64
          (i64.ctz
            (i64.and
              (i64.shr_u (i64.xor (local.get $word) (i64.const -1)) (i64.const 8))
              (i64.const 0x80808080808080))))
        (i32.const 3))))

  ;; The number of an operator of $length bytes, six at most.
  (func $number (param $word i64) (param $length i32) (result i32)
    (local $number i64) (local $shift i64)
    (loop $more
      (local.set $word (i64.shr_u (local.get $word) (i64.const 8)))
      (local.set $number
        (i64.or (local.get $number)
          (i64.shl (i64.and (local.get $word) (i64.const 0x7f)) (local.get $shift))))
      (local.set $shift (i64.add (local.get $shift) (i64.const 7)))
      (local.set $length (i32.sub (local.get $length) (i32.const 1)))
      (br_if $more (i32.gt_u (local.get $length) (i32.const 1))))
    ;; One that does not fit is none that exists.
    (select (i32.wrap_i64 (local.get $number)) (i32.const -1)
      (i64.lt_u (local.get $number) (i64.const 0x100000000))))

  ;; Copies up to four bytes.
  (func $copy (param $position i32) (param $length i32)
    (i32.store align=1 (i32.load offset=0 (i32.const 0)) (i32.load align=1 (local.get $position)))
    (i32.store offset=0 (i32.const 0) (i32.add (i32.load offset=0 (i32.const 0)) (local.get $length))))

  ;; From $position, up to $end; the result may go up to $limit. Returns where it stopped.
  (func (export "scan") (param $position i32) (param $end i32) (param $limit i32) (result i32)
    (local $word i64) (local $entry i32) (local $row i32) (local $second i32) (local $third i32)
    (local $length i32) (local $offset i32) (local $previous i32) (local $cost i32)
    (local $to i32) (local $entries i32) (local $safeOffset i32) (local $next i32) (local $isFast i32)
    (local.set $to (i32.load offset=0 (i32.const 0)))
    (local.set $safeOffset (i32.load offset=52 (i32.const 0)))
    (local.set $isFast (i32.load offset=56 (i32.const 0)))
    (local.set $entries
      (select (i32.const 0x800) (i32.const 0x400)
        (i32.and (i32.load offset=20 (i32.const 0)) (i32.load offset=12 (i32.const 0)))))
    (block $stop
      (loop $next
        (br_if $stop (i32.ge_u (local.get $position) (local.get $end)))
        ;; The operator and what follows: it is copied whole, and less of it may count.
        (local.set $word (i64.load align=1 (local.get $position)))
        (local.set $entry
          (i32.load (i32.add (local.get $entries)
            (i32.shl (i32.and (i32.wrap_i64 (local.get $word)) (i32.const 0xff)) (i32.const 2)))))
        (local.set $row (i32.and (local.get $entry) (i32.const 0xfff)))
        (local.set $second
          (i32.load16_u offset=0xc00
            (i32.shl
              (i32.add (local.get $row)
                (i32.and (i32.wrap_i64 (i64.shr_u (local.get $word) (i64.const 8))) (i32.const 0xff)))
              (i32.const 1))))
        (local.set $third
          (i32.and (i32.wrap_i64 (i64.shr_u (local.get $word) (i64.const 16))) (i32.const 0xff)))
        (local.set $length (i32.and (i32.shr_u (local.get $entry) (i32.const 12)) (i32.const 7)))
        (i64.store align=1 (local.get $to) (local.get $word))
        (block $usual
          (if
            (i32.lt_u
              (i32.or (local.get $second)
                (i32.add (local.get $third)
                  (i32.and (i32.shr_u (local.get $entry) (i32.const 15)) (i32.const 0x1ff))))
              (i32.const 0x100))
            (then
              (i32.store8 offset=1 (local.get $to) (local.get $second))
              (br $usual)))
          (if (i32.eq (local.get $row) (i32.const 0x300))
            (then
              ;; A number: its length is up to the first byte that does not say that it goes on.
              (local.set $length (call $length (local.get $word)))
              (br_if $stop (i32.gt_u (local.get $length) (i32.const 8)))
              (br $usual)))
          ;; A global that stays where it is, its number as a linker wrote it.
          (if (i32.eq (local.get $row) (i32.const 0x500))
            (then
              (local.set $length (call $length (local.get $word)))
              (br_if $stop (i32.gt_u (local.get $length) (i32.const 6)))
              (br_if $stop
                (i32.ge_u (call $number (local.get $word) (local.get $length))
                  (i32.load offset=60 (i32.const 0))))
              (br $usual)))
          (if (i32.eq (local.get $row) (i32.const 0x400))
            (then
              ;; An access whose offset takes two bytes.
              (br_if $stop (i32.ge_u (local.get $second) (i32.const 0x100)))
              (br_if $stop (i32.lt_u (local.get $third) (i32.const 0x80)))
              (local.set $offset
                (i32.and (i32.wrap_i64 (i64.shr_u (local.get $word) (i64.const 24))) (i32.const 0xff)))
              (br_if $stop (i32.ge_u (local.get $offset) (i32.const 0x80)))
              (br_if $stop
                (i32.gt_s
                  (i32.or (i32.and (local.get $third) (i32.const 0x7f))
                    (i32.shl (local.get $offset) (i32.const 7)))
                  (local.get $safeOffset)))
              (local.set $length (i32.const 4))
              (br $usual)))
          ;; Anything else is done apart, with all that is known up to here in memory.
          (br_if $stop (i32.eqz (local.get $isFast)))
          (br_if $stop
            (i32.gt_u (i32.add (local.get $to) (i32.sub (local.get $end) (local.get $position)))
              (local.get $limit)))
          (call $leave (local.get $to) (local.get $previous) (local.get $cost))
          (local.set $cost (i32.const 0))
          (local.set $next (call $control (local.get $position) (local.get $end)
              (i32.shr_u (local.get $entry) (i32.const 24))))
          (local.set $to (i32.load offset=0 (i32.const 0)))
          (br_if $stop (i32.eqz (local.get $next)))
          (if (i32.ne (local.get $next) (local.get $position))
            (then (local.set $previous (local.get $position))))
          (local.set $position (local.get $next))
          (local.set $entries
            (select (i32.const 0x800) (i32.const 0x400)
              (i32.and (i32.load offset=20 (i32.const 0)) (i32.load offset=12 (i32.const 0)))))
          (br $next))
        (local.set $previous (local.get $position))
        (local.set $position (i32.add (local.get $position) (local.get $length)))
        (local.set $to (i32.add (local.get $to) (local.get $length)))
        (local.set $cost (i32.add (local.get $cost) (i32.shr_u (local.get $entry) (i32.const 24))))
        (br $next)))
    (call $leave (local.get $to) (local.get $previous) (local.get $cost))
    (local.get $position))

  ;; Puts into memory what a scan has come to.
  (func $leave (param $to i32) (param $previous i32) (param $cost i32)
    (i32.store offset=0 (i32.const 0) (local.get $to))
    (i32.store offset=4 (i32.const 0) (local.get $previous))
    (if (i32.load offset=20 (i32.const 0))
      (then
        (i32.store offset=8 (i32.const 0)
          (i32.add (i32.load offset=8 (i32.const 0)) (local.get $cost)))))))
