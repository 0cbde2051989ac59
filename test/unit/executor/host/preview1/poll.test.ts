import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clocks } from '../../../../../src/executor/host/clocks.ts';
import { scratchFolder } from '../scratch.ts';
import { GuestSide, result } from './guestSide.ts';

const second = 1_000_000_000n;

/** A clock that stands still but for what is slept. */
function testClocks(): Clocks & { slept: bigint } {
  return {
    slept: 0n,
    wallNow() {
      return 1_700_000_000n * second + this.slept;
    },
    monotonicNow() {
      return 500n * second + this.slept;
    },
    resolution: 1n,
    sleep(nanoseconds) {
      this.slept += nanoseconds;
    },
  };
}

type Subscription =
  | { readonly clock: number; readonly timeout: bigint; readonly absolute?: boolean }
  | { readonly read: number }
  | { readonly write: number };

/** Subscribes with 1, 2, … for userdata; returns the events as `[userdata, type, flags]`. */
function poll(guest: GuestSide, ...subscriptions: Subscription[]): [bigint, number, number][] {
  const bytes = new DataView(new ArrayBuffer(subscriptions.length * 48));
  for (const [index, one] of subscriptions.entries()) {
    const at = index * 48;
    bytes.setBigUint64(at, BigInt(index + 1), true);
    bytes.setUint8(at + 8, 'clock' in one ? 0 : 'read' in one ? 1 : 2);
    bytes.setUint32(at + 16, 'clock' in one ? one.clock : 'read' in one ? one.read : one.write, true);
    if (!('clock' in one)) continue;
    bytes.setBigUint64(at + 24, one.timeout, true);
    bytes.setUint16(at + 40, one.absolute ? 1 : 0, true);
  }
  const [events] = guest.put(new Uint8Array(subscriptions.length * 32));
  const [pointer] = guest.put(new Uint8Array(bytes.buffer));
  guest.ok('poll_oneoff', pointer, events, subscriptions.length, result);
  return Array.from({ length: guest.u32() }, (_, index) => {
    const at = events + index * 32;
    assert.equal(guest.view.getUint16(at + 8, true), 0);
    return [guest.u64(at), guest.view.getUint8(at + 10), guest.view.getUint16(at + 24, true)];
  });
}

describe('preview 1: poll_oneoff', () => {
  it('sleeps for a relative time on either clock', () => {
    const clocks = testClocks();
    using guest = new GuestSide({ clocks });
    assert.deepEqual(poll(guest, { clock: 1, timeout: 3n * second }), [[1n, 0, 0]]);
    assert.deepEqual(poll(guest, { clock: 0, timeout: second }), [[1n, 0, 0]]);
    assert.equal(clocks.slept, 4n * second);
  });

  it('sleeps up to an absolute time on either clock, and not for one that is past', () => {
    const clocks = testClocks();
    using guest = new GuestSide({ clocks });
    poll(guest, { clock: 1, timeout: 502n * second, absolute: true });
    assert.equal(clocks.slept, 2n * second);
    poll(guest, { clock: 0, timeout: 1_700_000_005n * second, absolute: true });
    assert.equal(clocks.slept, 5n * second);
    poll(guest, { clock: 0, timeout: second, absolute: true });
    poll(guest, { clock: 1, timeout: second, absolute: true });
    assert.equal(clocks.slept, 5n * second);
  });

  it('wakes at the first of several clocks and tells only what has come', () => {
    const clocks = testClocks();
    using guest = new GuestSide({ clocks });
    const events = poll(
      guest,
      { clock: 1, timeout: 9n * second },
      { clock: 1, timeout: 2n * second },
      { clock: 0, timeout: 2n * second },
    );
    assert.deepEqual(
      events.map(([userdata]) => userdata),
      [2n, 3n],
    );
    assert.equal(clocks.slept, 2n * second);
  });

  it('does not wait where a stream is ready, and they always are', () => {
    const clocks = testClocks();
    using guest = new GuestSide({ clocks });
    const events = poll(guest, { clock: 1, timeout: second }, { read: 0 }, { write: 1 }, { write: 2 });
    assert.deepEqual(events, [
      [2n, 1, 0],
      [3n, 2, 0],
      [4n, 2, 0],
    ]);
    assert.equal(clocks.slept, 0n);
  });

  it('tells by the hang-up flag that a file is at its end', () => {
    using scratch = scratchFolder();
    writeFileSync(join(scratch.inside, 'f'), 'x');
    using guest = new GuestSide({ preopens: [{ hostPath: scratch.inside, guestPath: '.', writable: true }] });
    const fd = guest.open('f');
    assert.deepEqual(poll(guest, { read: fd }, { write: fd }), [
      [1n, 1, 0],
      [2n, 2, 0],
    ]);
    guest.ok('fd_seek', fd, 0n, 2, result);
    assert.deepEqual(poll(guest, { read: fd }), [[1n, 1, 1]]);
  });

  it('fails as a whole for one subscription that is wrong', () => {
    using guest = new GuestSide();
    const subscription = new Uint8Array(48);
    const view = new DataView(subscription.buffer);
    const attempt = () => [guest.put(subscription)[0], guest.put(new Uint8Array(32))[0], 1, result] as const;
    guest.expect('EINVAL', 'poll_oneoff', 0, 0, 0, result);
    view.setUint8(8, 3);
    guest.expect('EINVAL', 'poll_oneoff', ...attempt());
    view.setUint8(8, 0);
    view.setUint32(16, 2, true);
    guest.expect('EINVAL', 'poll_oneoff', ...attempt());
    view.setUint8(8, 1);
    view.setUint32(16, 1, true);
    guest.expect('EBADF', 'poll_oneoff', ...attempt());
    view.setUint8(8, 2);
    view.setUint32(16, 0, true);
    guest.expect('EBADF', 'poll_oneoff', ...attempt());
  });
});
