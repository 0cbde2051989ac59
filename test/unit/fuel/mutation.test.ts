import assert from 'node:assert/strict';
import { meter } from '../../../src/fuel/meter.ts';
import { operators, operatorTables } from '../../../src/fuel/opcodes.ts';
import { hiddenExports } from '../../../src/fuel/plan.ts';
import { assemble } from './assemble.ts';
import { options } from './metered.ts';

/**
 * Each program is small enough to be worked out by hand, and between them they notice it when anything that the
 * pass emits is moved by one operator: the tests here break the pass on purpose and see that it shows.
 */
const step = '(global.set $steps (i32.add (global.get $steps) (i32.const 1)))';
const stepCost = 4;
/** Of a branch that leaves: two operands, the comparison and itself. */
const leavingCost = 4;
const programs = [
  callingLoop('(block (br_if 0 (i32.eq (local.get 0) (i32.const 5))) (br 1))', 5),
  callingLoop('(br_if 0 (i32.ne (local.get 0) (i32.const 5)))'),
  callingLoop('(br_table 0 1 (i32.eq (local.get 0) (i32.const 5)))'),
  {
    text: `(module (memory 1) (global $steps (export "steps") (mut i32) (i32.const 0))
      (func $g (param i32) (result i32) ${step} (i32.load (local.get 0)))
      (func (export "f") (param i32) (result i32)
        ${step} (i32.div_u (call $g (local.get 0)) (local.get 0))))`,
    // Entry, step, get and call; entry, step, get and load; then get and div_u.
    outcomes: [
      { argument: 4, used: 1 + stepCost + 2 + 1 + stepCost + 2 + 2 },
      { argument: 0, used: 1 + stepCost + 2 + 1 + stepCost + 2 },
      { argument: -1, used: 1 + stepCost + 2 },
    ],
    checks: [1, 1 + stepCost + 2 + 1],
  },
  {
    text: `(module (memory 1) (global $steps (export "steps") (mut i32) (i32.const 0))
      (func $h (param i32) (result i32)
        ${step}
        (loop ${step}
          (drop (i32.load (local.get 0)))
          (if (local.get 0) (then
            (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
            (if (i32.eqz (local.get 0)) (then (unreachable)))
            (br 1))))
        (i32.const 7))
      (func (export "f") (param i32) (result i32) ${step} (call $h (local.get 0))))`,
    // Entry, step, get and call; entry and step; a round: step, get, load, get and if; where it goes on: two
    // operands, sub, set, then get, eqz and if, and br; at last a const.
    outcomes: [
      { argument: 2, used: 2 * (1 + stepCost) + 2 + (stepCost + 4 + 4 + 3 + 1) + (stepCost + 4 + 4 + 3) },
      { argument: 0, used: 2 * (1 + stepCost) + 2 + stepCost + 4 + 1 },
      { argument: -1, used: 1 + stepCost + 2 },
    ],
    checks: [1, 8, 8 + stepCost, 8 + stepCost + (stepCost + 12)],
  },
  {
    text: `(module (memory 1) (global $steps (export "steps") (mut i32) (i32.const 0))
      (func $k ${step})
      (func (export "f") (param i32)
        ${step}
        (block (br_if 0 (i32.eqz (local.get 0))) (call $k))
        (loop ${step} (br_if 0 (local.tee 0 (i32.shr_u (local.get 0) (i32.const 1)))))))`,
    // Entry, step, get, eqz and br_if; call, entry and step; a round: step, get, const, shr_u, tee and br_if.
    outcomes: [
      { argument: 2, used: 1 + stepCost + 3 + 1 + 1 + stepCost + 2 * (stepCost + 5) },
      { argument: 1, used: 1 + stepCost + 3 + 1 + 1 + stepCost + (stepCost + 5) },
      { argument: 0, used: 1 + stepCost + 3 + (stepCost + 5) },
    ],
    checks: [1, 6 + stepCost, 6 + 2 * stepCost, 6 + 2 * stepCost + (stepCost + 5)],
  },
];

/**
 * A loop whose rounds begin with what was written in the call before it, and of the round before. They trap in the end,
 * or the branch leads out when 5 is left.
 */
function callingLoop(branch: string, branchCost = leavingCost) {
  // Entry, step and sub with its operands; step, get and load, get and call; then set and the branch.
  const callee = 1 + stepCost + 3;
  const toCallee = stepCost + 2 + 2;
  const round = toCallee + callee;
  const first = 1 + stepCost + 2 + callee;
  const header = (n: number) => first + 1 + n * (round + 1 + branchCost);
  return {
    text: `(module (memory 1) (global $steps (export "steps") (mut i32) (i32.const 0))
      (func $g (param i32) (result i32) ${step} (i32.sub (local.get 0) (i32.const 1)))
      (func (export "f") (param i32)
        ${step} (local.set 0 (call $g (local.get 0)))
        (loop ${step} (drop (i32.load (local.get 0))) (local.set 0 (call $g (local.get 0))) ${branch})))`,
    outcomes: [
      { argument: 2, used: header(1) + round },
      { argument: 1, used: header(0) + round },
      { argument: 0, used: first },
      { argument: 7, used: header(0) + round + 1 + leavingCost },
    ],
    checks: [
      ...[1, 1 + stepCost + 2 + 1],
      ...[header(0), header(0) + toCallee + 1, header(1), header(1) + toCallee + 1, header(2)],
    ],
  };
}

type Break = (bytes: Uint8Array<ArrayBuffer>) => void;

/** Runs every program and compares; true where all is as it should be. */
function holds(tables = operatorTables(), patch: Break = () => undefined): boolean {
  return programs.every(({ text, outcomes, checks }) => {
    const { bytes } = meter(assemble(text), options, { tables });
    patch(bytes);
    const module = new WebAssembly.Module(bytes);
    const run = (limit: number, argument: number): { used: number; isOut: boolean; steps: number } => {
      const { exports } = new WebAssembly.Instance(module);
      const counter = exports[hiddenExports.counter] as WebAssembly.Global<'i64'>;
      counter.value = BigInt(-limit);
      try {
        (exports['f'] as (argument: number) => void)(argument);
      } catch (error) {
        if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      }
      const isOut = (exports[hiddenExports.outOfFuel] as WebAssembly.Global<'i32'>).value !== 0;
      const steps = (exports['steps'] as WebAssembly.Global<'i32'>).value;
      return { used: limit + Number(counter.value), isOut, steps };
    };
    if (outcomes.some(({ argument, used }) => run(1000, argument).used !== used)) return false;
    const limits = Array.from({ length: checks.at(-1)! + 3 }, (_, n) => n + 1);
    return limits.every((limit) => {
      const passed = checks.filter((consumed) => consumed < limit).length;
      const { isOut, steps } = run(limit, outcomes[0]!.argument);
      return steps === passed && isOut === passed < checks.length;
    });
  });
}

describe('Fuel: a pass that is off by one operator is found', () => {
  it('holds as it is', () => {
    assert.ok(holds());
  });

  it('finds every operator of the programs that costs one unit more or less', () => {
    const used =
      'call br_table global.get global.set i32.add i32.load local.get i32.div_u loop if local.set i32.sub i32.eqz i32.const br br_if i32.shr_u local.tee end unreachable'.split(
        ' ',
      );
    for (const name of used) {
      const { cost } = operators.find((operator) => operator.name === name)!;
      for (const other of cost === 0 ? [1] : [0, 2]) {
        const tables = operatorTables((operator) => (operator.name === name ? other : operator.cost));
        assert.ok(!holds(tables), `${name} at ${other}`);
      }
    }
  });

  it('finds every write of the counter that is left out', () => {
    // global.set of the counter, which is global 1 in all programs; a drop takes as much from the stack.
    const places = emitted((bytes, at) => bytes[at] === 0x24 && bytes[at + 1] === 1);
    assert.ok(places.length >= 4);
    for (const place of places) {
      assert.ok(
        !holds(undefined, (bytes) => {
          if (place.length === bytes.length) bytes.set([0x1a, 0x01], place.at);
        }),
        `at ${place.at}`,
      );
    }
  });

  it('finds every check that is left out, or whose bound is off by one', () => {
    // i64.const, one byte, i64.ge_s, br_if.
    const places = emitted(
      (bytes, at) => bytes[at] === 0x42 && bytes[at + 2] === 0x59 && bytes[at + 3] === 0x0d,
    );
    assert.equal(places.length, 8 + 3 * 3);
    for (const place of places) {
      for (const shift of [-1, 1, 63]) {
        assert.ok(
          !holds(undefined, (bytes) => {
            if (place.length === bytes.length) bytes[place.at + 1] = (bytes[place.at + 1]! + shift) & 0x7f;
          }),
          `at ${place.at} by ${shift}`,
        );
      }
    }
  });

  it('finds every sum that is off by one', () => {
    // i64.const, one byte, i64.add.
    const places = emitted((bytes, at) => bytes[at] === 0x42 && bytes[at + 2] === 0x7c);
    assert.ok(places.length >= 6);
    for (const place of places) {
      assert.ok(
        !holds(undefined, (bytes) => {
          if (place.length === bytes.length) bytes[place.at + 1] = bytes[place.at + 1]! + 1;
        }),
        `at ${place.at}`,
      );
    }
  });
});

/** Bytes of the first function before its first operator. */
const prologue = 20;

/** Places in the programs' metered code, told apart by the length of their module. */
function emitted(isPlace: (bytes: Uint8Array, at: number) => boolean): { length: number; at: number }[] {
  return programs.flatMap(({ text }) => {
    const { bytes, runs } = meter(assemble(text), options, { withRuns: true });
    const [start = 0] = runs;
    const isCopied = (at: number) =>
      runs.some((_, n) => n % 3 === 0 && at >= runs[n]! && at < runs[n]! + runs[n + 2]!);
    return Array.from(bytes.keys())
      .filter((at) => at >= start - prologue && !isCopied(at) && isPlace(bytes, at))
      .map((at) => ({ length: bytes.length, at }));
  });
}
