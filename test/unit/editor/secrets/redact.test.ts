import assert from 'node:assert/strict';
import { redactorOf } from '../../../../src/editor/secrets/redact.ts';

describe('redactorOf', () => {
  const { text, bytes, data } = redactorOf([
    { name: 'API_KEY', value: 'k"1-grüße' },
    { name: 'LONGER', value: 'k"1-grüße-and-more' },
    { name: 'EMPTY', value: '' },
  ]);
  const through = (input: string) => new TextDecoder().decode(bytes(new TextEncoder().encode(input)));

  it('takes secrets out of texts and bytes, the longest first', () => {
    const written = 'a k"1-grüße b k"1-grüße-and-more c k"1-grüße';
    const expected = 'a [secret API_KEY] b [secret LONGER] c [secret API_KEY]';
    assert.equal(text(written), expected);
    assert.equal(through(written), expected);
  });

  it('knows them in JSON, in addresses, in base64 and in hex', () => {
    const value = 'k"1-grüße';
    for (const spelt of [
      JSON.stringify(value),
      encodeURIComponent(value),
      encodeURIComponent(value).toLowerCase(),
      String.raw`k\"1-gr\u00fc\u00dfe`,
      Buffer.from(value).toString('base64'),
      Buffer.from(`user:${value}:more`).toString('base64'),
      Buffer.from(value).toString('hex'),
    ]) {
      assert.ok(through(`<${spelt}>`).includes('[secret API_KEY]'), spelt);
    }
  });

  it('knows a short one only where it can be seen', () => {
    const short = redactorOf([{ name: 'A', value: 'a/b' }]);
    assert.equal(short.text('a%2fb YS9i 612f62'), '[secret A] YS9i 612f62');
  });

  it('leaves everything else as it is, to the byte', () => {
    const other = Uint8Array.from([0, 255, 0x6b, 0x22, 0x31]);
    assert.equal(bytes(other), other);
  });

  it('goes through plain data', () => {
    const value = { list: ['x k"1-grüße', 1, null], nested: { text: 'k"1-grüße' } };
    assert.deepEqual(data(value), {
      list: ['x [secret API_KEY]', 1, null],
      nested: { text: '[secret API_KEY]' },
    });
  });

  it('replaces dollar signs literally', () => {
    assert.equal(redactorOf([{ name: 'A', value: 's3cr$&t' }]).text('s3cr$&t'), '[secret A]');
  });
});
