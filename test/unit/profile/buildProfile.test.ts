import assert from 'node:assert/strict';
import { createCoreEngine } from '../../../src/executor/engine/createEngine.ts';
import { execute } from '../../../src/executor/execute.ts';
import type { Profile } from '../../../src/shared/profile.ts';
import { encodeUtf8 } from '../../../src/shared/text.ts';
import { endlessLoop, preview1Program, print, requestFor } from '../executor/support.ts';

type Overrides = Parameters<typeof requestFor>[1];

async function run(wasm: Uint8Array, { options = {}, ...rest }: NonNullable<Overrides> = {}) {
  const request = requestFor(wasm, { ...rest, options: { profile: true, ...options } });
  const ignore = () => undefined;
  return execute(request, { stdout: ignore, stderr: ignore, createEngine: createCoreEngine });
}

const sum = (rows: readonly { self: number }[]): number => rows.reduce((total, { self }) => total + self, 0);

function assertAddsUp(profile: Profile): void {
  const all = profile.fuel + profile.uncounted;
  assert.equal(sum(profile.functions), all);
  assert.equal(sum(profile.lines) + profile.unattributed, all);
  assert.equal(sum(profile.stacks), all);
  assert.equal(sum(profile.crates), all);
}

describe('The profile of a run', () => {
  it('is asked for, and changes no fuel', async () => {
    const program = preview1Program(print(1, 2), 'ok');
    const plain = await run(program, { options: { profile: false } });
    const profiled = await run(program);
    assert.equal(plain.profile, null);
    assert.equal(profiled.fuel, plain.fuel);
    assert.equal(profiled.peakMemoryBytes, plain.peakMemoryBytes);
    assert.equal(profiled.profile?.fuel, plain.fuel);
    assert.equal(profiled.profile.fuelModel, 'wasmtime-28');
    assertAddsUp(profiled.profile);
  });

  it('has calls, own and total costs of every function, dearest first, once where it recurs', async () => {
    const { profile } = await run(
      preview1Program(
        '(call $twice) (call $down (i32.const 3))',
        '',
        `(func $leaf (drop (i32.const 1)) (drop (i32.const 2)))
         (func $twice (call $leaf) (call $leaf))
         (func $down (param i32) (if (local.get 0) (then (call $down (i32.sub (local.get 0) (i32.const 1))))))`,
      ),
    );
    const rows = profile!.functions.map(({ name, calls, self, total }) => [name, calls, self, total]);
    assert.deepEqual(rows, [
      ['down', 4, 4 * (1 + 2) + 3 * 4, 24],
      ['leaf', 2, 2 * 3, 6],
      ['start', 1, 1 + 1 + 2, 37],
      ['twice', 1, 1 + 2, 9],
    ]);
    const stacks = profile!.stacks.map(({ frames, self }) => [
      frames.map((n) => rows[n]![0]).join(';'),
      self,
    ]);
    assert.deepEqual(stacks, [
      ['start;down', 24],
      ['start;twice;leaf', 6],
      ['start', 4],
      ['start;twice', 3],
    ]);
    assert.equal(profile!.uncounted, 0);
    assert.equal(profile!.unattributed, profile!.fuel, 'there are no line tables');
  });

  it('has what was asked of the host, and how much', async () => {
    const { profile } = await run(preview1Program(print(1, 2), 'ok'));
    const calls = profile!.hostCalls!.map(({ name, count, bytes }) => [name, count, bytes]);
    assert.deepEqual(calls, [['fd_write', 1, 2]]);
    assert.ok(profile!.hostCalls![0]!.ms > 0);
  });

  it('numbers functions that have no name', async () => {
    const bytes = preview1Program('nop');
    const at = Buffer.from(bytes).lastIndexOf(encodeUtf8('\u0004name'));
    const { profile } = await run(bytes.slice(0, at - 2));
    assert.match(profile!.functions[0]!.name, /^wasm-function\[\d+\]$/);
  });

  it('has the loop that the time limit ended', async () => {
    const report = await run(preview1Program(endlessLoop), {
      limits: { maxExecutionSeconds: 0.2, maxInstructions: Number.MAX_SAFE_INTEGER },
    });
    assert.equal(report.error?.code, 'out-of-time');
    assert.ok(report.profile!.functions[0]!.self > 1000);
    assert.equal(report.profile!.functions[0]!.name, 'start');
    assert.deepEqual(
      report.error.backtrace.map((frame) => frame.function),
      ['start'],
      'where it was',
    );
    assertAddsUp(report.profile!);
  });

  it('has where the fuel went when it ran out, and at an exit', async () => {
    const out = await run(preview1Program(endlessLoop), { limits: { maxInstructions: 5000 } });
    assert.equal(out.error?.code, 'out-of-fuel');
    assert.equal(out.profile?.fuel, 5000);
    assertAddsUp(out.profile);
    const exit = await run(preview1Program('(call $exit (i32.const 3))'));
    assert.equal(exit.exitCode, 3);
    assert.equal(exit.profile?.uncounted, 0);
    assertAddsUp(exit.profile);
  });

  it('leaves the places of a backtrace as they are', async () => {
    const program = preview1Program(
      '(call $deep (i32.const 3))',
      '',
      '(func $deep (param i32) (unreachable))',
    );
    const plain = await run(program, { options: { profile: false } });
    const profiled = await run(program);
    assert.equal(plain.error?.backtrace.length, 2);
    assert.deepEqual(profiled.error?.backtrace, plain.error.backtrace);
    assert.equal(profiled.profile?.uncounted, 0);
  });
});
