import assert from 'node:assert/strict';
import { GuestExit } from '../../../../../src/executor/guest.ts';
import { systemClocks } from '../../../../../src/executor/host/clocks.ts';
import { preview1 } from '../../../../../src/executor/host/preview1/preview1.ts';
import { signatures } from '../../../../../src/executor/host/preview1/signatures.ts';
import { systemRandom } from '../../../../../src/executor/host/random.ts';
import { InputPipe, OutputPipe } from '../../../../../src/executor/host/stdio.ts';
import { GuestSide, memoryEnd, result } from './guestSide.ts';

describe('preview 1: arguments and environment', () => {
  it('counts and writes them in bytes of UTF-8, in order', () => {
    using guest = new GuestSide({
      argv: ['prögram', '', 'b'],
      env: [
        ['GRÜSSE', '日本'],
        ['A', 'x=y'],
      ],
    });
    for (const [kind, expected] of [
      ['args', ['prögram', '', 'b']],
      ['environ', ['GRÜSSE=日本', 'A=x=y']],
    ] as const) {
      guest.ok(`${kind}_sizes_get`, result, result + 4);
      const bytes = Buffer.from(expected.map((text) => `${text}\0`).join(''));
      assert.deepEqual([guest.u32(), guest.u32(result + 4)], [expected.length, bytes.length]);
      const [pointers] = guest.put(new Uint8Array(64));
      const [buffer] = guest.put(new Uint8Array(64));
      guest.ok(`${kind}_get`, pointers, buffer);
      const texts = expected.map((text, index) => {
        const at = guest.u32(pointers + index * 4);
        return guest.text(at, Buffer.byteLength(text) + 1);
      });
      assert.deepEqual(
        texts,
        expected.map((text) => `${text}\0`),
      );
    }
  });
});

describe('preview 1: clocks', () => {
  it('knows the wall clock and the monotonic one', () => {
    using guest = new GuestSide();
    guest.ok('clock_time_get', 0, 0n, result);
    const seconds = Number(guest.u64() / 1_000_000_000n);
    assert.ok(Math.abs(seconds - Date.now() / 1000) < 5);
    guest.ok('clock_time_get', 1, 0n, result);
    const before = guest.u64();
    guest.ok('clock_time_get', 1, 0n, result);
    assert.ok(guest.u64() >= before);
    guest.ok('clock_res_get', 0, result);
    assert.equal(guest.u64(), 1n);
    guest.expect('EBADF', 'clock_time_get', 2, 0n, result);
    guest.expect('EINVAL', 'clock_time_get', 4, 0n, result);
  });
});

describe('preview 1: randomness, exit and the rest', () => {
  it('fills exactly what is asked for', () => {
    using guest = new GuestSide();
    const [buffer] = guest.put(new Uint8Array(64));
    guest.ok('random_get', buffer, 33);
    const filled = new Uint8Array(guest.memory.buffer, buffer, 64);
    assert.ok(filled.subarray(0, 33).some((byte) => byte !== 0));
    assert.ok(filled.subarray(33).every((byte) => byte === 0));
    guest.ok('random_get', buffer, 0);
  });

  it('exits with any code, signed', () => {
    using guest = new GuestSide();
    for (const code of [0, 7, 125, 126, 255, -1])
      assert.throws(
        () => guest.call('proc_exit', code),
        (error) => error instanceof GuestExit && error.code === code,
      );
  });

  it('has no signals and no sockets, and yields', () => {
    using guest = new GuestSide();
    guest.ok('sched_yield');
    guest.expect('ENOTSUP', 'proc_raise', 1);
    for (const name of ['sock_accept', 'sock_recv', 'sock_send', 'sock_shutdown']) {
      guest.expect('ENOTSOCK', name, 1, 0, 0, 0, 0, 0);
      guest.expect('EBADF', name, 9, 0, 0, 0, 0, 0);
    }
  });
});

describe('preview 1: pointers out of bounds', () => {
  const calls: [name: string, ...args: (number | bigint)[]][] = [
    ['args_sizes_get', memoryEnd, 0],
    ['environ_sizes_get', 0, memoryEnd - 3],
    ['environ_get', memoryEnd, 0],
    ['clock_time_get', 0, 0n, memoryEnd - 7],
    ['clock_res_get', 0, memoryEnd],
    ['random_get', memoryEnd - 4, 5],
    ['random_get', 0, -1],
    ['random_get', -1, 2],
    ['fd_write', 1, memoryEnd, 1, result],
    ['fd_write', 1, memoryEnd - 4, 1, result],
    ['fd_read', 0, -8, 2, result],
    ['fd_read', 0, 0, -1, result],
    ['fd_fdstat_get', 1, memoryEnd - 8],
    ['fd_filestat_get', 1, memoryEnd - 63],
    ['fd_filestat_get', 3, -64],
    ['fd_prestat_get', 3, memoryEnd - 4],
    ['fd_prestat_dir_name', 3, memoryEnd, 100],
    ['fd_readdir', 3, memoryEnd - 8, 9, 0n, result],
    ['path_open', 3, 0, memoryEnd - 1, 2, 0, 0n, 0n, 0, result],
    ['path_create_directory', 3, -4, 8],
    ['path_rename', 3, 0, 1, 3, -1, 1],
    ['path_filestat_get', 3, 0, -1, -1, result],
    ['poll_oneoff', memoryEnd - 47, 0, 1, result],
    ['poll_oneoff', 0, memoryEnd - 31, 1, result],
    ['poll_oneoff', 0, 0, -1, result],
  ];

  it('are EFAULT in every group of functions, and end nothing', () => {
    using guest = new GuestSide({
      env: [['A', 'b']],
      stdin: Buffer.from('x'),
      preopens: [{ hostPath: import.meta.dirname, guestPath: '.', writable: false }],
    });
    for (const [name, ...args] of calls) guest.expect('EFAULT', name, ...args);
  });

  it('move with the memory as it grows', () => {
    using guest = new GuestSide();
    guest.memory.grow(1);
    // The views were detached by the growth, and are taken anew.
    guest.ok('random_get', memoryEnd, 65536);
    guest.expect('EFAULT', 'random_get', memoryEnd, 65537);
  });
});

describe('preview 1: the list of signatures', () => {
  it('names what is offered, and nothing else', () => {
    const host = preview1(
      {
        ...{ argv: [], env: [], preopens: [] },
        stdin: new InputPipe(new Uint8Array(0)),
        stdout: new OutputPipe(0, () => undefined),
        stderr: new OutputPipe(0, () => undefined),
        clocks: systemClocks(),
        random: systemRandom(),
      },
      { preopens: [], close: () => undefined },
    );
    const offered = Object.keys(host.imports['wasi_snapshot_preview1']!);
    assert.deepEqual(offered.sort(), [...signatures.keys()].sort());
  });
});
