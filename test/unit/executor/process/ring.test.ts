import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import { frameKind, FrameReader } from '../../../../src/executor/process/frames.ts';
import { createRing, RingReader, RingWriter } from '../../../../src/executor/process/ring.ts';

const ringModule = new URL('../../../../src/executor/process/ring.ts', import.meta.url).href;
const megabyte = 1024 * 1024;

/** Bytes that tell where they stand. */
function pattern(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8)) & 0xff);
}

describe('the ring', () => {
  it('carries more than it holds, through a reader on another thread, in order', async () => {
    const ring = createRing();
    const writer = new RingWriter(ring);
    // First, since the reader below ends when no run goes on.
    writer.begin();
    const reader = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
       import(workerData.module).then(({ RingReader }) => {
         const reader = new RingReader(workerData.ring);
         for (let running = true; running; ) {
           ({ running } = reader);
           reader.drain((bytes) => parentPort.postMessage(bytes.slice()));
           if (running) reader.sleep(5, true);
         }
         parentPort.postMessage(null);
       });`,
      { eval: true, workerData: { ring, module: ringModule } },
    );
    const frames = new FrameReader();
    const received: Uint8Array[] = [];
    const done = new Promise<void>((resolve) => {
      reader.on('message', (bytes: Uint8Array | null) => {
        if (bytes === null) resolve();
        else for (const message of frames.push(bytes)) if ('bytes' in message) received.push(message.bytes);
      });
    });
    const sent = pattern(5 * megabyte + 17);
    for (let at = 0, size = 1; at < sent.length; at += size, size = 1 + ((size * 7 + 3) % 700_001)) {
      writer.write(frameKind.stdout, sent.subarray(at, at + size));
    }
    writer.end();
    await done;
    await reader.terminate();
    assert.ok(Buffer.concat(received).equals(sent));
  });

  it('wraps where the counters do, at 2^32', () => {
    const ring = createRing();
    // As after 4 GiB less 10 bytes.
    new Int32Array(ring.control).set([-10, -10]);
    new RingWriter(ring).write(frameKind.stdout, pattern(100));
    const received: Uint8Array[] = [];
    new RingReader(ring).drain((bytes) => received.push(bytes.slice()));
    const [message] = new FrameReader().push(Buffer.concat(received));
    assert.ok(message !== undefined && 'bytes' in message);
    assert.ok(Buffer.from(message.bytes).equals(pattern(100)));
  });

  it('shows a frame whole or not at all', () => {
    const ring = createRing();
    const reader = new RingReader(ring);
    const writer = new RingWriter(ring);
    writer.write(frameKind.stderr, pattern(3));
    const pieces: number[] = [];
    reader.drain((bytes) => pieces.push(bytes.length));
    assert.deepEqual(pieces, [8]);
    reader.drain(() => assert.fail('nothing is left'));
  });
});
