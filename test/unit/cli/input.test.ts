import assert from 'node:assert/strict';
import { PassThrough, Readable } from 'node:stream';
import { readInput, type StandardInput } from '../../../src/cli/input.ts';
import { WorkbenchError } from '../../../src/shared/workbenchError.ts';

const never = new AbortController().signal;
const untouched = (): StandardInput => assert.fail('stdin was touched');
const bytes = (input: Uint8Array) => Buffer.from(input).toString();
const hasCode = (code: string) => (error: unknown) =>
  error instanceof WorkbenchError && error.value.code === code;

describe('readInput', () => {
  it('is the text, as UTF-8, and leaves stdin alone', async () => {
    assert.equal(bytes(await readInput('é', undefined, untouched, never)), 'é');
    assert.equal((await readInput('', undefined, untouched, never)).length, 0);
  });

  it('is the file, and leaves stdin alone', async () => {
    const input = await readInput(undefined, import.meta.filename, untouched, never);
    assert.match(bytes(input), /^import assert/);
  });

  it('is not both', async () => {
    await assert.rejects(readInput('x', 'y', untouched, never), hasCode('usage'));
  });

  it('names a file that is missing', async () => {
    await assert.rejects(readInput(undefined, 'no/such/file', untouched, never), hasCode('file-not-found'));
  });

  it('is all of stdin otherwise, byte for byte', async () => {
    const stdin = Readable.from([Buffer.from([0xff, 0x00]), Buffer.from([0x0a])]);
    assert.deepEqual([...(await readInput(undefined, undefined, () => stdin, never))], [0xff, 0x00, 0x0a]);
  });

  it('is empty at a terminal', async () => {
    const terminal = Object.assign(new PassThrough(), { isTTY: true });
    assert.equal((await readInput(undefined, undefined, () => terminal, never)).length, 0);
  });

  it('stops waiting for stdin when told to', async () => {
    const stop = new AbortController();
    const read = readInput(undefined, undefined, () => new PassThrough(), stop.signal);
    stop.abort();
    await assert.rejects(read, hasCode('stopped'));
  });

  it('says what keeps it from reading stdin', async () => {
    const broken = new Readable({ read: () => broken.destroy(new Error('EISDIR')) });
    await assert.rejects(
      readInput(undefined, undefined, () => broken, never),
      (error: unknown) => {
        assert.ok(error instanceof WorkbenchError);
        assert.equal(error.value.cause, 'EISDIR');
        return true;
      },
    );
  });
});
