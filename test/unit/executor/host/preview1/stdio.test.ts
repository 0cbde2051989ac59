import assert from 'node:assert/strict';
import { GuestSide, memoryEnd, result } from './guestSide.ts';

/** Reads all of stdin through a buffer of that size. */
function readAll(guest: GuestSide, size: number): { total: number; sum: number; reads: number } {
  const buffer = memoryEnd / 2;
  let [total, sum, reads] = [0, 0, 0];
  for (;;) {
    guest.ok('fd_read', 0, ...guest.iovecs([buffer, size]), result);
    reads++;
    const n = guest.u32();
    if (n === 0) return { total, sum, reads };
    const bytes = new Uint8Array(guest.memory.buffer, buffer, n);
    for (const byte of bytes) sum += byte;
    total += n;
  }
}

describe('preview 1: stdio', () => {
  for (const size of [0, 1, 4096, 65_537]) {
    it(`reads ${size} bytes of stdin, each once and in as few calls as the buffer allows`, () => {
      const stdin = Uint8Array.from({ length: size }, (_, index) => index % 251);
      using guest = new GuestSide({ stdin });
      const { total, sum, reads } = readAll(guest, 4096);
      assert.equal(total, size);
      assert.equal(
        sum,
        stdin.reduce((all, byte) => all + byte, 0),
      );
      assert.equal(reads, Math.ceil(size / 4096) + 1);
    });
  }

  it('reads 10 MB of stdin', () => {
    using guest = new GuestSide({ stdin: new Uint8Array(10_000_000).fill(1) });
    const [pointer, count] = guest.iovecs([memoryEnd / 2, memoryEnd / 2]);
    let total = 0;
    do {
      guest.ok('fd_read', 0, pointer, count, result);
      total += guest.u32();
    } while (guest.u32() !== 0);
    assert.equal(total, 10_000_000);
  });

  it('fills the first buffer that has a length, and no other', () => {
    using guest = new GuestSide({ stdin: Buffer.from('abcdef') });
    const [first] = guest.put('....');
    const [second] = guest.put('....');
    guest.ok('fd_read', 0, ...guest.iovecs([0, 0], [first, 3], [second, 3]), result);
    assert.equal(guest.u32(), 3);
    assert.equal(guest.text(first, 4), 'abc.');
    assert.equal(guest.text(second, 4), '....');
  });

  it('answers an empty read with EINTR while there is input, and with 0 at its end', () => {
    using guest = new GuestSide({ stdin: Buffer.from('a') });
    const [buffer] = guest.put('.');
    guest.expect('EINTR', 'fd_read', 0, ...guest.iovecs(), result);
    guest.ok('fd_read', 0, ...guest.iovecs([buffer, 1]), result);
    guest.ok('fd_read', 0, ...guest.iovecs(), result);
    assert.equal(guest.u32(), 0);
  });

  it('writes the first buffer that has a length, byte for byte', () => {
    using guest = new GuestSide();
    const written = guest.put('grüße\0');
    guest.ok('fd_write', 1, ...guest.iovecs([0, 0], written, guest.put('not this')), result);
    assert.equal(guest.u32(), written[1]);
    assert.equal(guest.stdout, 'grüße\0');
    guest.ok('fd_write', 1, ...guest.iovecs(), result);
    assert.equal(guest.u32(), 0);
  });

  it('keeps what fits under the cap and fails the write that fills it, and all after it', () => {
    using guest = new GuestSide({ stdoutCap: 10 });
    guest.ok('fd_write', 1, ...guest.iovecs(guest.put('1234567')), result);
    guest.expect('EIO', 'fd_write', 1, ...guest.iovecs(guest.put('89abc')), result);
    guest.expect('EIO', 'fd_write', 1, ...guest.iovecs(guest.put('d')), result);
    assert.equal(guest.stdout, '123456789a');
    // stderr has a cap of its own.
    guest.ok('fd_write', 2, ...guest.iovecs(guest.put('still')), result);
  });

  it('fails a write that fills the cap to the byte, as wasmtime', () => {
    using guest = new GuestSide({ stdoutCap: 3 });
    guest.expect('EIO', 'fd_write', 1, ...guest.iovecs(guest.put('abc')), result);
    assert.equal(guest.stdout, 'abc');
  });

  it('has no positions, and goes one way only', () => {
    using guest = new GuestSide();
    const vector = guest.iovecs(guest.put('x'));
    guest.expect('ESPIPE', 'fd_seek', 1, 0n, 0, result);
    guest.expect('ESPIPE', 'fd_tell', 0, result);
    guest.expect('ESPIPE', 'fd_pread', 0, ...vector, 0n, result);
    guest.expect('ESPIPE', 'fd_pwrite', 1, ...vector, 0n, result);
    guest.expect('EBADF', 'fd_write', 0, ...vector, result);
    guest.expect('EBADF', 'fd_read', 1, ...vector, result);
    guest.expect('EBADF', 'fd_read', 9, ...vector, result);
  });

  it('says that no stream is a terminal', () => {
    using guest = new GuestSide();
    for (const [fd, rights] of [
      [0, 2n],
      [1, 64n],
      [2, 64n],
    ] as const) {
      guest.ok('fd_fdstat_get', fd, result);
      assert.deepEqual([guest.u64(), guest.u64(result + 8), guest.u64(result + 16)], [0n, rights, rights]);
      new Uint8Array(guest.memory.buffer, result, 64).fill(255);
      guest.ok('fd_filestat_get', fd, result);
      assert.equal(Buffer.from(guest.memory.buffer, result, 64).compare(Buffer.alloc(64)), 0);
    }
  });

  it('closes and renumbers', () => {
    using guest = new GuestSide();
    const vector = guest.iovecs(guest.put('x'));
    guest.ok('fd_renumber', 1, 2);
    guest.expect('EBADF', 'fd_write', 1, ...vector, result);
    guest.ok('fd_write', 2, ...vector, result);
    assert.equal(guest.stdout, 'x');
    guest.expect('EBADF', 'fd_renumber', 2, 1);
    guest.ok('fd_renumber', 2, 2);
    guest.ok('fd_close', 2);
    guest.expect('EBADF', 'fd_close', 2);
  });
});
