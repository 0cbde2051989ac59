import assert from 'node:assert/strict';
import { meter } from '../../../src/fuel/meter.ts';
import { seededRandom } from '../../../src/executor/host/random.ts';
import type { FuelModel } from '../../../src/shared/fuelModel.ts';
import { WorkbenchError } from '../../../src/shared/workbenchError.ts';
import { assemble } from './assemble.ts';
import { options } from './metered.ts';

const program = assemble(`(module
  (type $t (func (param i32) (result i32)))
  (import "h" "h" (func $h (type $t)))
  (table 4 funcref) (memory 1 3)
  (global $g (mut i32) (i32.const 5))
  (export "f" (func $f)) (export "g" (global $g))
  (start $s)
  (elem (i32.const 0) $h $f)
  (func $f (type $t) (local i64 f64)
    (block (loop (br_table 0 1 (local.get 0)))) (global.set $g (local.get 0))
    (if (result i32) (local.get 0)
      (then (call $h (call_indirect (type $t) (i32.const 1) (i32.const 0))))
      (else (i32.load8_u offset=70 (memory.grow (i32.const 300))))))
  (func $s (local i32) (memory.fill (i32.const 0) (i32.const 0) (i32.const 200))
    (loop (if (local.get 0) (then (memory.fill (i32.const 0) (i32.const 0) (local.get 0))))) (drop (v128.const i64x2 1 2)))
  (data (i32.const 3) "hello"))`);

/**
 * Meters bytes that may be anything, in both models, with the scan's shortcuts and without: the only failure allowed is
 * a coded one, with its place.
 */
function outcome(bytes: Uint8Array): 'metered' | 'refused' {
  const inCurrent = outcomeIn('wasmtime-current', bytes);
  const outcome = outcomeIn('wasmtime-28', bytes);
  // The one differs from the other in what constants of globals may read.
  if (outcome === 'metered') assert.equal(inCurrent, outcome);
  return outcome;
}

function outcomeIn(model: FuelModel, bytes: Uint8Array): 'metered' | 'refused' {
  const all = { ...options, model };
  try {
    const { bytes: metered } = meter(bytes, all);
    assert.deepEqual(meter(bytes, all, { withRuns: true }).bytes, metered);
    return 'metered';
  } catch (error) {
    assert.ok(error instanceof WorkbenchError, String((error as Error).stack));
    assert.match(error.value.code, /^(invalid-wasm|unsupported-proposal|memory-minimum-over-limit)$/);
    if (error.value.code === 'invalid-wasm') {
      assert.match(error.message, / at offset \d+\.$/);
      assert.ok(!WebAssembly.validate(bytes as Uint8Array<ArrayBuffer>), 'V8 takes what was called invalid');
    }
    return 'refused';
  }
}

/** Whether V8 takes the bytes as they are; where it does not, metering must not make them acceptable. */
function staysInvalid(bytes: Uint8Array): boolean {
  if (WebAssembly.validate(bytes as Uint8Array<ArrayBuffer>)) return true;
  try {
    return !WebAssembly.validate(meter(bytes, options).bytes);
  } catch (error) {
    return error instanceof WorkbenchError;
  }
}

describe('Fuel: hostile bytes', () => {
  it('refuses a module that is cut off, wherever', () => {
    assert.equal(outcome(program), 'metered');
    for (let length = 0; length < program.length; length++) {
      const cut = program.slice(0, length);
      assert.ok(outcome(cut) === 'refused' || staysInvalid(cut), `${length} bytes`);
    }
  });

  it('survives every single byte being another', () => {
    for (let at = 8; at < program.length; at++) {
      for (const byte of [0x00, 0x01, 0x0b, 0x7f, 0x80, 0xff, program[at]! ^ 1, program[at]! ^ 0x40]) {
        const changed = program.slice();
        changed[at] = byte;
        outcome(changed);
        assert.ok(staysInvalid(changed), `byte ${at} as ${byte}`);
      }
    }
  });

  it('survives random damage', () => {
    const random = seededRandom(7);
    const dice = new Uint8Array(16);
    for (let round = 0; round < 5000; round++) {
      const changed = program.slice();
      random.fill(dice);
      for (let n = 0; n < 1 + (dice[0]! & 3); n++) {
        changed[8 + ((dice[1 + n]! * 256 + dice[5 + n]!) % (changed.length - 8))] = dice[9 + n]!;
      }
      outcome(changed);
      assert.ok(staysInvalid(changed), `round ${round}`);
    }
  });

  it('counts on no number of entries that the bytes can not hold', () => {
    const huge = [0xff, 0xff, 0xff, 0xff, 0x0f];
    for (let id = 1; id <= 12; id++) {
      const bytes = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, id, huge.length, ...huge]);
      assert.ok(outcome(bytes) === 'refused' || staysInvalid(bytes), `section ${id}`);
    }
  });

  it('does not let code reach what the pass has added', () => {
    // Each is invalid; had the pass not looked, the added local, global, function or type would make it valid.
    const one = assemble(
      '(module (global (mut i32) (i32.const 0)) (func (export "f") (local i64) (drop (local.get 0))))',
    );
    const local = one.slice();
    local[local.lastIndexOf(0x20) + 1] = 1;
    assert.equal(outcome(local), 'refused');
    const text = '(module (global (mut i64) (i64.const 0)) (func (export "f") (drop (global.get 0))))';
    const global = assemble(text);
    global[global.lastIndexOf(0x23) + 1] = 1;
    assert.equal(outcome(global), 'refused');
    const call = assemble('(module (func (export "f") (call 0)))');
    call[call.lastIndexOf(0x10) + 1] = 1;
    assert.equal(outcome(call), 'refused');
    const block = assemble('(module (type (func)) (func (export "f") (block (type 0))))');
    block[block.lastIndexOf(0x02) + 1] = 1;
    assert.ok(outcome(block) === 'refused' || staysInvalid(block));
  });
});
