import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { scanCodeFile } from '../../../scripts/assemble-scan.mjs';
import { meter } from '../../../src/fuel/meter.ts';
import { ByteWriter } from '../../../src/wasm/byteWriter.ts';
import { assemble } from './assemble.ts';
import { options } from './metered.ts';

/** The pass notes what goes where only when it treats every operator by itself, without the scan's shortcuts. */
function bothWays(bytes: Uint8Array): void {
  for (const model of ['wasmtime-28', 'wasmtime-current'] as const) {
    for (const counter of ['defined', 'imported'] as const) {
      const all = { ...options, model, counter };
      assert.deepEqual(meter(bytes, all).bytes, meter(bytes, all, { withRuns: true }).bytes);
    }
  }
}

describe('Fuel: the scan', () => {
  it('is what its text assembles to', async () => {
    const file = new URL('../../../src/fuel/scanCode.ts', import.meta.url);
    assert.equal(
      readFileSync(file, 'utf8'),
      await scanCodeFile(),
      'scan.wat has changed: run node scripts/assemble-scan.mjs',
    );
  });

  it('emits what the rest of the pass emits for the same operators', () => {
    for (const locals of [0, 3, 120, 127, 140]) {
      bothWays(
        assemble(`(module (memory 1) (table funcref (elem $f $g))
          (global $a (mut i32) (i32.const 0)) (global $b (mut i64) (i64.const 0))
          (func $g (param i32) (result i32) (local ${'i64 '.repeat(locals)})
            (if (i32.eqz (local.get 0)) (then (return (i32.const 1))))
            (block (block (br_if 1 (local.get 0)) (br 0)) (global.set $b (i64.const -0x123456789abcd)))
            (if (result i32) (local.get 0)
              (then (call $f (i32.load offset=300 (local.get 0))))
              (else (i32.div_u (i32.const 100000000) (local.get 0)))))
          (func $f (param i32) (result i32) (local f32 f64) ${'(local i32)'.repeat(locals)}
            (local.set 1 (f32.const 1.5)) (local.set 2 (f64.const 2.5))
            (block $out
              (loop $round
                (br_if $out (call $g (local.get 0)))
                (i32.store offset=20000 (local.get 0) (global.get $a))
                (br_if $round (i32.load8_u (call $f (i32.const 70000000))))
                (if (local.get 0) (then (br $out)))
                (br $round))
              (unreachable) (block (if (i32.const 1) (then)) (br 1)) (drop (call $f (i32.const 1))))
            (block (result i32) (block (br_table 0 1 (i32.const 5) (local.get 0))) (i32.const 3))))`),
      );
    }
  });

  it('looks ahead in loops, and passes over operators with a prefix', () => {
    const next = '(br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1))))';
    const contents = [
      '(local.set $f (f32.add (f32.const 1) (local.get $f)))',
      '(drop (f64.const 1)) (drop (v128.const i64x2 1 2)) (drop (i32x4.extract_lane 1 (v128.const i64x2 1 2)))',
      '(drop (i32.load (local.get $n)))',
      '(drop (i32.div_u (local.get $n) (local.get $n)))',
      '(drop (i32.trunc_sat_f32_s (local.get $f)))',
      '(drop (i32.trunc_f32_s (local.get $f)))',
      '(memory.fill (i32.const 0) (i32.const 1) (local.get $n))',
      '(call $f) (call_indirect (i32.const 0))',
      '(block (if (local.get $n) (then (br 1))))',
      '(block (block (br_table 0 1 (local.get $n))))',
      '(global.set $g (global.get $g)) (i64.const 0x7ffffffffffffff) (drop)',
      `(loop (drop (i64.load (i32.const 0))) ${next})`,
      `(loop (drop (i32.const 3)) ${next})`,
      '(drop (i32.const 300))'.repeat(60),
      '(drop (memory.size)) (data.drop $d) (drop (ref.null func)) (drop (select (local.get $n) (local.get $n) (local.get $n)))',
    ];
    const loops = contents.flatMap((body) => [
      `(loop ${body} ${next})`,
      `(drop (loop (result i32) ${body} ${next} (local.get $n)))`,
      `(call $f) (loop ${body} (call $f) ${next})`,
      `(if (local.get $n) (then (return))) (br 0) (loop ${body} ${next})`,
      `(block (result i32) (br_if 0 (i32.const 1) (local.get $n)) (drop) (i32.const 2)) (drop)`,
    ]);
    for (const body of loops) {
      bothWays(
        assemble(`(module (memory 1) (data $d "x") (table funcref (elem $f)) (global $g (mut i32) (i32.const 0))
          (func $f) (func (export "f") (param $n i32) (local $f f32) ${body}
            (memory.copy (i32.const 0) (i32.const 1) (local.get $n)) (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1))))`),
      );
    }
  });

  it('counts what is too much for its two bytes of a sum', () => {
    // i32.const 1, drop; br_if 0 of a zero; in a block.
    const many = Array.from({ length: 9000 }, () => [0x41, 1, 0x1a]).flat();
    bothWays(moduleOf([[0x02, 0x40, ...many, 0x41, 0, 0x0d, 0, ...many, 0x0b]]));
  });

  it('knows numbers that linkers padded, and more blocks and functions than one byte counts', () => {
    const nothing = Array.from({ length: 300 }, (): number[] => []);
    const calls = nothing.flatMap((_, n) => [0x10, (n & 0x7f) | 0x80, n >> 7]);
    const open = nothing.flatMap(() => [0x02, 0x40]);
    const deep = [...open, 0x41, 0, 0x0d, 0xa2, 0x02, 0x0c, 0x64, ...nothing.map(() => 0x0b)];
    bothWays(moduleOf([...nothing, [...calls, ...deep]]));
    for (const padding of [[], [0x80], [0x80, 0x80], [0x80, 0x80, 0x80]]) {
      const zero = [0x80, ...padding, 0x00];
      const module = moduleOf([[0x10, ...zero, 0x23, ...zero, 0x24, ...zero]]);
      bothWays(module);
      assert.ok(WebAssembly.validate(meter(module, options).bytes));
    }
  });

  it('makes room for a result of any size', () => {
    const calls = Array.from({ length: 200_000 }, () => [0x10, 0]).flat();
    bothWays(moduleOf([[], calls, calls]));
  });
});

/** A module of functions without parameters, results or locals, and one global; bodies are given without their end. */
function moduleOf(bodies: readonly number[][]): Uint8Array {
  const out = new ByteWriter(64);
  const section = (id: number, write: () => void): void => {
    out.u8(id);
    const size = out.placeholder();
    write();
    out.patchLength(size);
  };
  out.raw(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  section(1, () => out.raw(1, 0x60, 0, 0));
  section(3, () => {
    out.u32(bodies.length);
    out.raw(...bodies.map(() => 0));
  });
  section(6, () => out.raw(1, 0x7f, 1, 0x41, 0, 0x0b));
  section(10, () => {
    out.u32(bodies.length);
    for (const body of bodies) {
      out.u32(body.length + 2);
      out.u8(0);
      out.copy(Uint8Array.from(body), 0, body.length);
      out.u8(0x0b);
    }
  });
  return out.written();
}
