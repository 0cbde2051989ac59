import assert from 'node:assert/strict';
import { recordRequestBody } from '../../../../../src/executor/host/tape/recordedBody.ts';
import { Redactor } from '../../../../../src/executor/host/tape/redactor.ts';

const secret = 'pass wörd/&"!1234';
const redactor = new Redactor({ headers: [], secrets: [['TOKEN', secret]] });

describe('secrets in what is recorded', () => {
  const spellings: Readonly<Record<string, string>> = {
    'as it is': secret,
    'in an address': encodeURIComponent(secret),
    'in a form': new URLSearchParams({ a: secret }).toString().slice(2),
    'in an address as other languages write it': 'pass%20w%C3%B6rd%2F%26%22%211234',
    'in an address, in lower case': 'pass%20w%c3%b6rd%2f%26%22!1234',
    'in a form, in lower case': 'pass+w%c3%b6rd%2f%26%22%211234',
    'in JSON with escaped slashes': String.raw`pass wörd\/&\"!1234`,
    'in JSON of ASCII alone': String.raw`pass w\u00f6rd/&\"!1234`,
    'in JSON as PHP writes it': String.raw`pass w\u00f6rd\/&\"!1234`,
    'in JSON': JSON.stringify(secret).slice(1, -1),
    'in hexadecimal digits': Buffer.from(secret).toString('hex'),
    'in upper-case hexadecimal digits': Buffer.from(secret).toString('hex').toUpperCase(),
    'in base64': Buffer.from(secret).toString('base64'),
    'in base64url': Buffer.from(secret).toString('base64url'),
    'in the base64 of a longer text': Buffer.from(`user:${secret}:more`).toString('base64'),
    'one byte further in it': Buffer.from(`user1:${secret}!`).toString('base64'),
    'two bytes further in it': Buffer.from(`user12:${secret}`).toString('base64'),
  };
  for (const [how, spelt] of Object.entries(spellings)) {
    it(`${how}: taken out of text and of bytes, and put back`, () => {
      const text = `before ${spelt} after`;
      const redacted = redactor.text(text);
      assert.match(redacted, /\{\{secret:TOKEN[^}]*\}\}/);
      const leaks = (found: string) => spelt.length > 8 && found.includes(spelt.slice(5, -5));
      assert.equal(leaks(redacted), false, redacted);
      assert.equal(redactor.restoreText(redacted), text);

      const bytes = Buffer.concat([Buffer.of(0xff, 0, 0xfe), Buffer.from(spelt), Buffer.of(0x80)]);
      const kept = redactor.bytes(bytes);
      assert.equal(leaks(Buffer.from(kept).toString()), false);
      assert.deepEqual(Buffer.from(redactor.restoreBytes(kept)), bytes);
    });
  }

  it('half a surrogate pair is taken out as well', () => {
    const odd = new Redactor({ headers: [], secrets: [['ODD', 'ab\ud800cd']] });
    assert.equal(odd.text('x ab\ufffdcd y'), 'x {{secret:ODD}} y');
  });

  it('are named where they occur in bytes, in any spelling', () => {
    assert.equal(redactor.secretIn(Buffer.from(`a=${encodeURIComponent(secret)}`)), 'TOKEN');
    assert.equal(redactor.secretIn(Buffer.from('a=pass')), null);
  });

  it('a request that is no text, or that is encoded, is kept as a digest, where secrets could hide in it', () => {
    const binary = Uint8Array.of(0x1f, 0x8b, 0xff);
    const hides = { mayHide: true, encoded: false };
    assert.deepEqual(Object.keys(recordRequestBody(binary, hides)!), ['bytes', 'sha256']);
    assert.deepEqual(recordRequestBody(binary, { mayHide: false, encoded: true }), { base64: 'H4v/' });
    assert.deepEqual(recordRequestBody(Buffer.from('text'), hides), { text: 'text' });
    assert.equal(recordRequestBody(new Uint8Array(0), { mayHide: true, encoded: true }), undefined);
    // Brotli's of few characters, say, which is UTF-8 by chance.
    const encoded = recordRequestBody(Buffer.from('text'), { mayHide: true, encoded: true });
    assert.deepEqual(Object.keys(encoded!), ['bytes', 'sha256']);
  });
});
