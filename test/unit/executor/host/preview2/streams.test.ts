import assert from 'node:assert/strict';
import { Pollable } from '../../../../../src/executor/host/preview2/poll.ts';
import type { InputStream, OutputStream } from '../../../../../src/executor/host/preview2/streams.ts';
import { answer, testHost, type TestHost } from './testHost.ts';

const stdin = (host: TestHost): InputStream => host.call('wasi:cli/stdin', 'getStdin') as InputStream;
const stdout = (host: TestHost): OutputStream => host.call('wasi:cli/stdout', 'getStdout') as OutputStream;
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const bytes = (string: string): Uint8Array => new Uint8Array(Buffer.from(string));
const isTrap = (error: unknown): boolean => error instanceof WebAssembly.RuntimeError;
const closed = { tag: 'closed' };

describe('host: preview 2 streams', () => {
  it('stdin gives what is asked for or left, then is closed', () => {
    const host = testHost({ input: 'abcdef' });
    const input = stdin(host);
    assert.equal(text(input.read(2n)), 'ab');
    assert.equal(text(input.read(0n)), '');
    assert.equal(input.skip(1n), 1n);
    assert.equal(input.subscribe().ready(), true);
    assert.equal(text(stdin(host).blockingRead(2n ** 64n - 1n)), 'def', 'another door to the same pipe');
    assert.deepEqual(
      answer(() => input.read(1n)),
      closed,
    );
    assert.deepEqual(
      answer(() => input.blockingSkip(1n)),
      closed,
    );
  });

  it('stdout permits all that is left of its cap, and is closed when nothing is', () => {
    const host = testHost({ cap: 5 });
    const output = stdout(host);
    assert.equal(output.checkWrite(), 5n);
    output.write(bytes('abc'));
    assert.equal(output.checkWrite(), 2n);
    output.blockingFlush();
    output.write(bytes('de'));
    assert.deepEqual(
      answer(() => output.checkWrite()),
      closed,
    );
    assert.deepEqual(
      answer(() => output.blockingFlush()),
      closed,
    );
    assert.throws(() => output.write(bytes('f')), isTrap);
    assert.equal(host.stdout(), 'abcde');
  });

  it('a blocking write beyond the cap writes what fits, then is closed', () => {
    const host = testHost({ cap: 5 });
    assert.deepEqual(
      answer(() => stdout(host).blockingWriteAndFlush(bytes('abcdefg'))),
      closed,
    );
    assert.equal(host.stdout(), 'abcde');
  });

  it('a blocking write up to the very cap is written, and told closed by its flush', () => {
    const host = testHost({ cap: 5 });
    assert.deepEqual(
      answer(() => stdout(host).blockingWriteAndFlush(bytes('abcde'))),
      closed,
    );
    assert.equal(host.stdout(), 'abcde');
  });

  it('a blocking write takes 4096 bytes and traps on more', () => {
    const host = testHost();
    const output = stdout(host);
    output.blockingWriteAndFlush(new Uint8Array(4096).fill(65));
    assert.throws(() => output.blockingWriteAndFlush(new Uint8Array(4097)), isTrap);
    assert.throws(() => output.blockingWriteZeroesAndFlush(4097n), isTrap);
    assert.equal(host.stdout(), 'A'.repeat(4096));
  });

  it('writes zeroes, and traps rather than make more than is permitted', () => {
    const host = testHost({ cap: 10 });
    const output = stdout(host);
    output.writeZeroes(3n);
    output.blockingWriteZeroesAndFlush(2n);
    assert.equal(host.stdout(), '\0'.repeat(5));
    assert.throws(() => output.writeZeroes(2n ** 63n), isTrap);
  });

  it('splices as much as both sides have', () => {
    const host = testHost({ input: 'abcdefgh', cap: 6 });
    const [input, output] = [stdin(host), stdout(host)];
    assert.equal(output.splice(input, 2n), 2n);
    assert.equal(output.splice(input, 0n), 0n);
    assert.equal(output.blockingSplice(input, 3n), 3n);
    assert.equal(output.splice(input, 100n), 1n, 'what is left of the cap');
    assert.deepEqual(
      answer(() => output.splice(input, 1n)),
      closed,
    );
    assert.equal(host.stdout(), 'abcdef');
    assert.equal(text(input.read(9n)), 'gh', 'what was not spliced is still there');
  });
});

describe('host: preview 2 poll and clocks', () => {
  const poll = (host: TestHost, list: Pollable[]): number[] =>
    Array.from(host.call('wasi:io/poll', 'poll', list) as Uint32Array);
  const after = (host: TestHost, nanoseconds: bigint): Pollable =>
    host.call('wasi:clocks/monotonic-clock', 'subscribeDuration', nanoseconds) as Pollable;
  const now = (host: TestHost): bigint => host.call('wasi:clocks/monotonic-clock', 'now') as bigint;

  it('tells which are ready, without waiting where one is', () => {
    const host = testHost();
    const day = after(host, 86_400_000_000_000n);
    assert.deepEqual(poll(host, [day, after(host, 0n), stdin(host).subscribe(), day]), [1, 2]);
    assert.equal(day.ready(), false);
  });

  it('waits for the first of several moments', () => {
    const host = testHost();
    const start = now(host);
    const soon = after(host, 10_000_000n);
    assert.deepEqual(poll(host, [after(host, 86_400_000_000_000n), soon]), [1]);
    assert.ok(now(host) - start >= 10_000_000n);
    assert.equal(soon.ready(), true);
  });

  it('blocks until its moment', () => {
    const host = testHost();
    const when = now(host) + 10_000_000n;
    const moment = host.call('wasi:clocks/monotonic-clock', 'subscribeInstant', when) as Pollable;
    moment.block();
    assert.ok(now(host) >= when);
  });

  it('traps on an empty list', () => {
    assert.throws(() => poll(testHost(), []), isTrap);
  });

  it('reads the wall clock in seconds and nanoseconds', () => {
    const { seconds, nanoseconds } = testHost().call('wasi:clocks/wall-clock', 'now') as {
      seconds: bigint;
      nanoseconds: number;
    };
    assert.ok(Math.abs(Number(seconds) - Date.now() / 1000) < 5);
    assert.ok(nanoseconds >= 0 && nanoseconds < 1e9);
  });
});

describe('host: preview 2 random', () => {
  it('gives as many bytes as asked for, repeatably where seeded', () => {
    const draw = (): unknown => testHost().call('wasi:random/random', 'getRandomBytes', 5n);
    assert.equal((draw() as Uint8Array).length, 5);
    assert.deepEqual(draw(), draw());
    assert.throws(() => testHost().call('wasi:random/random', 'getRandomBytes', 2n ** 40n), isTrap);
  });

  it('gives one insecure seed, however often it is asked for', () => {
    const host = testHost();
    const seed = (): unknown => host.call('wasi:random/insecure-seed', 'insecureSeed');
    assert.deepEqual(seed(), seed());
  });
});
