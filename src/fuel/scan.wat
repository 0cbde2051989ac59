;; Copies the operators that the metering pass leaves as they are; src/fuel/scanner.ts has the tables and the words.
;; `node scripts/assemble-scan.mjs` makes src/fuel/scanCode.ts of it.
(module
  (import "scan" "memory" (memory 1))
  ;; From $position, which is before $end, to $to. Returns where it stopped, and leaves in memory, from address 0:
  ;; the place after what was copied, the last operator's place (0 for none), and the sum of the costs.
  (func (export "scan")
    (param $position i32) (param $end i32) (param $to i32) (param $entries i32) (param $seconds i32)
    (param $safeOffset i32)
    (result i32)
    (local $word i64) (local $entry i32) (local $row i32) (local $second i32) (local $third i32)
    (local $length i32) (local $offset i32) (local $previous i32) (local $cost i32)
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
          (i32.load16_u (i32.add (local.get $seconds)
            (i32.shl
              (i32.add (local.get $row)
                (i32.and (i32.wrap_i64 (i64.shr_u (local.get $word) (i64.const 8))) (i32.const 0xff)))
              (i32.const 1)))))
        (local.set $third
          (i32.and (i32.wrap_i64 (i64.shr_u (local.get $word) (i64.const 16))) (i32.const 0xff)))
        (local.set $length (i32.and (i32.shr_u (local.get $entry) (i32.const 12)) (i32.const 7)))
        (i64.store align=1 (local.get $to) (local.get $word))
        (if
          (i32.lt_u
            (i32.or (local.get $second)
              (i32.add (local.get $third)
                (i32.and (i32.shr_u (local.get $entry) (i32.const 15)) (i32.const 0x1ff))))
            (i32.const 0x100))
          (then (i32.store8 offset=1 (local.get $to) (local.get $second)))
          (else
            (if (i32.eq (local.get $row) (i32.const 0x300))
              (then
                ;; A number: its length is up to the first byte that does not say that it goes on.
                (local.set $length
                  (i32.wrap_i64
                    (i64.ctz
                      (i64.and
                        (i64.shr_u (i64.xor (local.get $word) (i64.const -1)) (i64.const 8))
                        (i64.const 0x80808080808080)))))
                (br_if $stop (i32.gt_u (local.get $length) (i32.const 55)))
                (local.set $length (i32.add (i32.shr_u (local.get $length) (i32.const 3)) (i32.const 2))))
              (else
                ;; An access whose offset takes two bytes.
                (br_if $stop (i32.ne (local.get $row) (i32.const 0x400)))
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
                (local.set $length (i32.const 4))))))
        (local.set $previous (local.get $position))
        (local.set $position (i32.add (local.get $position) (local.get $length)))
        (local.set $to (i32.add (local.get $to) (local.get $length)))
        (local.set $cost (i32.add (local.get $cost) (i32.shr_u (local.get $entry) (i32.const 24))))
        (br $next)))
    (i32.store (i32.const 0) (local.get $to))
    (i32.store offset=4 (i32.const 0) (local.get $previous))
    (i32.store offset=8 (i32.const 0) (local.get $cost))
    (local.get $position)))
