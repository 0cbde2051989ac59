import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { priceOf } from '../../../../src/executor/outcome/price.ts';
import { createExecutorService, type ExecutorService } from '../../../../src/executor/process/service.ts';
import type { Limits } from '../../../../src/shared/limits.ts';
import type { RunRequest } from '../../../../src/shared/runRequest.ts';
import type { RunResult } from '../../../../src/shared/runResult.ts';
import { decodeUtf8 } from '../../../../src/shared/text.ts';
import type { Frame } from '../../../../src/shared/workbenchError.ts';
import { endlessLoop, preview1Program, print, requestFor, wat } from '../support.ts';

const childPath = fileURLToPath(new URL('../../../../src/executor/process/child.ts', import.meta.url));

const hello = requestFor(preview1Program(print(1, 5), 'hello'));
/** Prints, and then never ends. */
const hang = (limits: Partial<Limits> = {}) =>
  requestFor(preview1Program(`${print(1, 5)}${print(2, 5)}${endlessLoop}`, 'hello'), {
    limits: { maxInstructions: 400e9, ...limits },
  });
/** Sleeps for an hour in `poll_oneoff`: one subscription to the monotonic clock. */
const sleeper = (limits: Partial<Limits> = {}) =>
  requestFor(
    preview1Program(
      `(i32.store8 (i32.const 56) (i32.const 0))
     (i32.store (i32.const 64) (i32.const 1))
     (i64.store (i32.const 72) (i64.const 3600000000000))
     ${print(1, 5)}
     (drop (call $poll (i32.const 48) (i32.const 128) (i32.const 1) (i32.const 8)))
     ${print(1, 5)}`,
      'hello',
    ),
    { limits },
  );

/** Tables live on V8's own heap, which no limit of WebAssembly's holds. */
const tableBomb = requestFor(
  preview1Program(
    `${print(1, 5)} ${print(1, 5)}
     ${Array.from({ length: 30 }, (_, n) => `(drop (table.grow $t${n} (ref.null func) (i32.const 9999999)))`).join(' ')}`,
    'hello',
    Array.from({ length: 30 }, (_, n) => `(table $t${n} 1 funcref)`).join(' '),
  ),
);

describe('the executor service', () => {
  let cacheDir: string;
  let service: ExecutorService;
  const log: string[] = [];

  before(() => {
    cacheDir = mkdtempSync(join(tmpdir(), 'executor é '));
    service = createExecutorService({ childPath, cacheDir, log: (line) => log.push(line) });
  });

  after(async () => {
    await service[Symbol.asyncDispose]();
    rmSync(cacheDir, { recursive: true, force: true });
  });

  /** Every way to end leaves a service that runs the next program, and stays quick about it. */
  async function assertStillWorks(): Promise<void> {
    const result = await service.run(hello);
    assert.equal(result.error, null);
    assert.equal(decodeUtf8(result.output), 'hello');
  }

  function killChild(signal: NodeJS.Signals): void {
    const pid = log.findLast((line) => line.includes('(pid '))?.match(/\(pid (\d+)\)/)?.[1];
    process.kill(Number(pid), signal);
  }

  /** Runs, and aborts once the program has printed something. */
  async function runAndStop(request: RunRequest): Promise<{ result: RunResult; stopMs: number }> {
    const stop = new AbortController();
    let stoppedAt = 0;
    const onStdout = () => {
      stoppedAt = performance.now();
      stop.abort();
    };
    const result = await service.run(request, { onStdout }, stop.signal);
    return { result, stopMs: performance.now() - stoppedAt };
  }

  it('runs a program: output, exit code, fuel, memory, times', async () => {
    const result = await service.run(hello);
    assert.equal(result.success, true);
    assert.equal(result.error, null);
    assert.equal(result.format, 'p1');
    assert.equal(result.target, 'wasm32-wasip1');
    assert.equal(result.exitCode, 0);
    assert.equal(decodeUtf8(result.output), 'hello');
    assert.ok(result.fuel > 5 && result.fuel < 100, `fuel ${result.fuel}`);
    assert.equal(result.peakMemoryBytes, 65536);
    assert.equal(result.wasmBytes, hello.wasm.length);
    assert.ok(result.loadMs > 0 && result.runMs > 0);
    const { price, ...answer } = result.worker;
    assert.deepEqual(answer, {
      success: true,
      message: null,
      billedFuel: result.fuel,
      refundUsd: 0,
      responseFormat: 'text',
      warnings: [],
    });
    const work = { instructions: result.fuel, timeMs: result.runMs, compileMs: 0 };
    assert.deepEqual(price, priceOf(work));
  });

  it('hands output to the listener while the program runs, in order', async () => {
    const seen: string[] = [];
    const stop = new AbortController();
    const result = await service.run(
      hang(),
      {
        onStdout: (bytes) => seen.push(`out ${decodeUtf8(bytes)}`),
        onStderr: (bytes) => {
          seen.push(`err ${decodeUtf8(bytes)}`);
          stop.abort();
        },
      },
      stop.signal,
    );
    assert.deepEqual(seen, ['out hello', 'err hello']);
    assert.equal(decodeUtf8(result.stderr), 'hello');
  });

  it('tells the fuel used so far while a program writes', async () => {
    const told: number[] = [];
    const stop = new AbortController();
    const onFuel = (units: number) => {
      told.push(units);
      if (told.length === 3) stop.abort();
    };
    const ticking = requestFor(preview1Program(`(loop $again ${print(1, 5)} (br $again))`, 'hello'), {
      limits: { maxInstructions: 400e9 },
    });
    const { fuel } = await service.run(ticking, { onFuel }, stop.signal);
    assert.ok(told[0]! > 0 && told[0]! < told[1]! && told[1]! < told[2]! && told[2]! <= fuel, told.join());
  });

  it('stops an endless loop, keeps the output, the fuel and the process', async () => {
    const { result, stopMs } = await runAndStop(hang());
    assert.equal(result.error?.code, 'stopped');
    assert.equal(result.success, false);
    assert.equal(decodeUtf8(result.output), 'hello');
    assert.ok(result.fuel > 0);
    assert.equal(result.measured, 'fuel-at-least');
    assert.equal(result.worker.success, false);
    assert.ok(stopMs < 2000, `${stopMs} ms`);
    await assertStillWorks();
  });

  it('has the profile of a run that was stopped: what was counted until then', async () => {
    const request = hang();
    const profiled = { ...request, options: { ...request.options, profile: true } };
    const { profile, fuel, measured } = (await runAndStop(profiled)).result;
    const [loop] = profile!.functions;
    assert.ok(loop!.self > 1000);
    const sum = (rows: readonly { self: number }[]) => rows.reduce((total, { self }) => total + self, 0);
    assert.deepEqual([measured, profile!.uncounted], ['fuel-at-least', 0]);
    assert.equal(profile!.fuel, fuel, 'the run tells what its profile knows');
    assert.equal(sum(profile!.functions), fuel);
    assert.equal(sum(profile!.stacks), fuel);
    assert.equal(profile!.ended!.length, 1, 'where it was');
  });

  it('stops a program that sleeps', async () => {
    const { result, stopMs } = await runAndStop(sleeper());
    assert.equal(result.error?.code, 'stopped');
    assert.equal(decodeUtf8(result.output), 'hello');
    assert.ok(stopMs < 2000, `${stopMs} ms`);
    await assertStillWorks();
  });

  it('ends a run at the time limit, with its fuel', async () => {
    const result = await service.run(hang({ maxExecutionSeconds: 0.3 }));
    assert.equal(result.error?.code, 'out-of-time');
    assert.deepEqual(result.error.actions, [{ kind: 'raise-limit', limit: 'maxExecutionSeconds' }]);
    assert.equal(decodeUtf8(result.output), 'hello');
    assert.ok(result.fuel > 0);
    assert.equal(result.worker.billedFuel, 400e9);
    await assertStillWorks();
  });

  for (const [what, program] of [
    ['computes', hang],
    ['sleeps', sleeper],
  ] as const) {
    it(`tells where a program was that ${what} when its time was up`, async () => {
      let frames: readonly Frame[] = [];
      // On a busy machine the answer may come too late.
      while (frames.length === 0) {
        const { error } = await service.run(program({ maxExecutionSeconds: 1 }));
        assert.equal(error?.code, 'out-of-time');
        frames = error.backtrace;
      }
      assert.deepEqual(
        frames.map(({ function: name }) => name),
        ['start'],
      );
      assert.ok(frames[0]!.offset !== null);
      await assertStillWorks();
    });
  }

  it('ends a run at the instruction limit', async () => {
    const result = await service.run(hang({ maxInstructions: 1_000_000 }));
    assert.equal(result.error?.code, 'out-of-fuel');
    assert.equal(result.fuel, 1_000_000);
    assert.equal(result.error.backtrace[0]?.function, 'start');
    await assertStillWorks();
  });

  it('runs one program at a time, in the order in which they were asked for', async () => {
    const ended: number[] = [];
    const runs = [hang({ maxExecutionSeconds: 0.2 }), hello, hello].map((request, position) =>
      service.run(request).then((result) => {
        ended.push(position);
        return result.error?.code ?? null;
      }),
    );
    assert.deepEqual(await Promise.all(runs), ['out-of-time', null, null]);
    assert.deepEqual(ended, [0, 1, 2]);
  });

  it('takes a waiting run out of the queue at once when it is stopped', async () => {
    const first = new AbortController();
    const running = service.run(hang(), {}, first.signal);
    const second = new AbortController();
    const waiting = service.run(hello, {}, second.signal);
    const third = service.run(hello);
    second.abort();
    const result = await waiting;
    assert.equal(result.error?.code, 'stopped');
    assert.equal(result.output.length, 0);
    first.abort();
    assert.equal((await running).error?.code, 'stopped');
    assert.equal((await third).error, null);
  });

  it('does not start a run whose signal is aborted already', async () => {
    const result = await service.run(hello, {}, AbortSignal.abort());
    assert.equal(result.error?.code, 'stopped');
    assert.equal(result.fuel, 0);
  });

  it('carries 30 MB of output whole, and no more than the cap', async () => {
    const loud = preview1Program(
      `(loop $again
         (if (i32.eqz (call $write (i32.const 1) (i32.const 1024) (i32.const 64000))) (then (br $again))))
       (call $exit (i32.const 3))`,
    );
    const capMb = 30;
    const result = await service.run(requestFor(loud, { limits: { maxMemoryMb: capMb } }));
    assert.equal(result.exitCode, 3);
    const cap = capMb * 1024 * 1024;
    assert.ok(
      result.output.length <= cap && result.output.length > cap - 64000,
      `${result.output.length} bytes`,
    );
    await assertStillWorks();
  });

  it('stops an output flood whose listener is slow', async () => {
    const flood = preview1Program(
      `(loop $again (drop (call $write (i32.const 1) (i32.const 1024) (i32.const 64000))) (br $again))`,
    );
    const request = requestFor(flood, { limits: { maxMemoryMb: 2000, maxInstructions: 400e9 } });
    const { result, stopMs } = await runAndStop(request);
    assert.equal(result.error?.code, 'stopped');
    assert.ok(stopMs < 2000, `${stopMs} ms`);
    await assertStillWorks();
  });

  it('keeps output that is not UTF-8 byte for byte', async () => {
    const result = await service.run(requestFor(preview1Program(print(1, 4), '\\ff\\00\\c3\\0a')));
    assert.deepEqual([...result.output], [0xff, 0x00, 0xc3, 0x0a]);
    assert.equal(result.success, true);
  });

  it('leaves stdin unread where the program does not ask', async () => {
    const input = 'x'.repeat(10_000_000);
    assert.equal((await service.run({ ...hello, input: Buffer.from(input) })).error, null);
  });

  it('reports deep recursion as a stack overflow', async () => {
    const deep = preview1Program(
      '(drop (call $deeper (i32.const 0)))',
      '',
      '(func $deeper (param i32) (result i32) (i32.add (i32.const 1) (call $deeper (local.get 0))))',
    );
    const result = await service.run(requestFor(deep));
    assert.equal(result.error?.code, 'stack-overflow');
    assert.equal(result.error.backtrace[1]?.function, 'deeper');
    await assertStillWorks();
  });

  it('refuses a memory.grow of 2 GB, and the program goes on', async () => {
    const grow = preview1Program('(call $exit (i32.eq (memory.grow (i32.const 32768)) (i32.const -1)))');
    const result = await service.run(requestFor(grow));
    assert.equal(result.exitCode, 1, 'memory.grow returned -1');
    assert.equal(result.peakMemoryBytes, 65536);
  });

  it('runs a module of 50 MB', async () => {
    const megabyte = 1024 * 1024;
    const custom = Buffer.alloc(50 * megabyte);
    const size = custom.length - 6;
    const leb = [0, 7, 14, 21, 28].map((shift, n) => ((size >>> shift) & 0x7f) | (n < 4 ? 0x80 : 0));
    // A custom section with an empty name and nothing but zeros.
    custom.set([0, ...leb, 0]);
    const result = await service.run({ ...hello, wasm: Buffer.concat([hello.wasm, custom]) });
    assert.equal(result.error, null);
    assert.equal(decodeUtf8(result.output), 'hello');
    assert.ok(result.wasmBytes > 50 * megabyte);
  });

  it('survives a child that is killed during a run, and keeps the output so far', async () => {
    const killed = await service.run(hang(), { onStderr: () => killChild('SIGKILL') });
    assert.equal(killed.error?.code, 'executor-crashed');
    assert.match(killed.error.message, /SIGKILL/);
    assert.equal(decodeUtf8(killed.output), 'hello');
    assert.equal(killed.format, 'p1');
    assert.equal(killed.measured, 'lost');
    await assertStillWorks();
  });

  it('survives a child that is killed between two runs', async () => {
    await service.run(hello);
    killChild('SIGKILL');
    await assertStillWorks();
  });

  it('survives a fatal error of V8, and tells what V8 said', async () => {
    const result = await service.run(tableBomb);
    assert.equal(result.error?.code, 'executor-crashed');
    assert.match(result.error.cause ?? '', /out of memory/);
    assert.equal(decodeUtf8(result.output), 'hellohello');
    await assertStillWorks();
  });

  const bare = wat('(module (memory (export "memory") 1))');
  const badFiles: [string, Uint8Array, string, RegExp][] = [
    ['an empty file', new Uint8Array(), 'unknown-format', /an empty file/],
    ['text', Buffer.from('hello'), 'unknown-format', /text that begins with "hello"/],
    ['ELF', Buffer.from('\x7fELF\x02\x01\x01'), 'unknown-format', /ELF/],
    ['a truncated module', hello.wasm.subarray(0, 60), 'unknown-format', /module that is damaged or cut off/],
    ['a module that does nothing', bare, 'missing-run', /exports no function/],
  ];
  for (const [what, wasm, code, cause] of badFiles) {
    it(`explains ${what}`, async () => {
      const result = await service.run(requestFor(wasm));
      assert.equal(result.error?.code, code);
      assert.match(result.error.cause ?? '', cause);
      assert.ok(result.error.hint);
      assert.equal(result.exitCode, null);
    });
  }
});
