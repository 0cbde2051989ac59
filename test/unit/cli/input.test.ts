import assert from 'node:assert/strict';
import { PassThrough, Readable } from 'node:stream';
import { givenInput, pipedInput } from '../../../src/cli/input.ts';
import { WorkbenchError } from '../../../src/shared/workbenchError.ts';

const never = new AbortController().signal;
const bytes = (input: Uint8Array | null) => Buffer.from(input ?? []).toString();
const hasCode = (code: string) => (error: unknown) =>
  error instanceof WorkbenchError && error.value.code === code;

describe('The input', () => {
  it('is the text, as UTF-8', async () => {
    assert.equal(bytes(await givenInput('é', undefined)), 'é');
    assert.equal((await givenInput('', undefined))?.length, 0);
  });

  it('is the file', async () => {
    const input = await givenInput(undefined, import.meta.filename);
    assert.match(bytes(input), /^import assert/);
  });

  it('is not both', async () => {
    await assert.rejects(givenInput('x', 'y'), hasCode('usage'));
  });

  it('names a file that is missing', async () => {
    await assert.rejects(givenInput(undefined, 'no/such/file'), hasCode('file-not-found'));
  });

  it('is all of stdin otherwise, byte for byte', async () => {
    const stdin = Readable.from([Buffer.from([0xff, 0x00]), Buffer.from([0x0a])]);
    assert.equal(await givenInput(undefined, undefined), null);
    assert.deepEqual([...(await pipedInput(stdin, never))], [0xff, 0x00, 0x0a]);
  });

  it('is empty at a terminal', async () => {
    const terminal = Object.assign(new PassThrough(), { isTTY: true });
    assert.equal((await pipedInput(terminal, never)).length, 0);
  });

  it('stops waiting for stdin when told to', async () => {
    const stop = new AbortController();
    const read = pipedInput(new PassThrough(), stop.signal);
    stop.abort();
    await assert.rejects(read, hasCode('stopped'));
  });

  it('says what keeps it from reading stdin', async () => {
    const broken = new Readable({ read: () => broken.destroy(new Error('EISDIR')) });
    await assert.rejects(pipedInput(broken, never), (error: unknown) => {
      assert.ok(error instanceof WorkbenchError);
      assert.equal(error.value.cause, 'EISDIR');
      return true;
    });
  });
});
