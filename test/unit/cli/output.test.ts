import assert from 'node:assert/strict';
import { PassThrough, Writable } from 'node:stream';
import { Output } from '../../../src/cli/output.ts';

describe('Output', () => {
  it('writes to the stream that is meant, in order, and flushes both', async () => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const output = new Output(stdout, stderr);
    output.stdout(new Uint8Array([0xff]));
    output.stderr('note');
    output.stdout('text');
    await output.flush();
    assert.deepEqual(stdout.read(), Buffer.from('\xfftext', 'latin1'));
    assert.equal(String(stderr.read()), 'note');
  });

  it('goes on where nobody reads any more', async () => {
    let writes = 0;
    const closed = new Writable({
      write(_chunk, _encoding, done) {
        writes++;
        done(Object.assign(new Error('broken pipe'), { code: 'EPIPE' }));
      },
    });
    const stderr = new PassThrough();
    const output = new Output(closed, stderr);
    output.stdout('lost');
    await new Promise((done) => setImmediate(done));
    output.stdout('lost as well');
    output.stderr('still here');
    await output.flush();
    assert.equal(writes, 1);
    assert.equal(output.failure, null);
    assert.equal(String(stderr.read()), 'still here');
  });

  it('knows that output was lost, whether the stream throws or tells', async () => {
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const throwing = new Writable({
      write() {
        throw full;
      },
    });
    const telling = new Writable({ write: (_chunk, _encoding, done) => done(full) });
    for (const stream of [throwing, telling]) {
      const output = new Output(stream, new PassThrough());
      output.stdout('lost');
      await new Promise((done) => setImmediate(done));
      output.stdout('lost as well');
      await output.flush();
      assert.equal(output.failure, full);
    }
  });
});
