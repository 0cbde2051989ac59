import assert from 'node:assert/strict';
import zlib from 'node:zlib';
import { whyWithheld } from '../../../../../src/executor/host/tape/encodedBody.ts';
import { Redactor } from '../../../../../src/executor/host/tape/redactor.ts';

const secret = 'tok-4711-xyzzy';
const redactor = new Redactor({ headers: [], secrets: [['TOKEN', secret]] });
const text = Buffer.from(`${'before '.repeat(100)}${secret}${' after'.repeat(100)}`);

const withheld = (coding: string, body: Uint8Array, by = redactor) =>
  whyWithheld([['Content-Encoding', coding]], body, by);
const hidden = (coding: string) => `its content-encoding, ${coding}, hides the secret TOKEN`;

describe('secrets in encoded bodies', () => {
  const encoded: Readonly<Record<string, readonly [coding: string, body: Uint8Array]>> = {
    gzip: ['gzip', zlib.gzipSync(text)],
    'gzip by another name, in capitals': ['X-GZip', zlib.gzipSync(text)],
    'gzip in two members': ['gzip', Buffer.concat([zlib.gzipSync('first '), zlib.gzipSync(text)])],
    deflate: ['deflate', zlib.deflateSync(text)],
    'deflate without its frame': ['deflate', zlib.deflateRawSync(text)],
    brotli: ['br', zlib.brotliCompressSync(text)],
    zstd: ['zstd', zlib.zstdCompressSync(text)],
    'one in the other': ['gzip, br', zlib.brotliCompressSync(zlib.gzipSync(text))],
    'one and nothing': ['identity, gzip', zlib.gzipSync(text)],
  };
  for (const [how, [coding, body]] of Object.entries(encoded)) {
    it(`${how}: found`, () => {
      const named = coding.toLowerCase().replace('identity, ', '');
      assert.equal(withheld(coding, body), hidden(named));
      assert.equal(withheld(coding, body, new Redactor({ headers: [], secrets: [] })), null);
      assert.equal(withheld(coding, body, new Redactor({ headers: [], secrets: [['A', 'absent-1']] })), null);
    });
  }

  it('found in several headers, and in a spelling', () => {
    const body = zlib.zstdCompressSync(zlib.gzipSync(Buffer.from(secret).toString('hex')));
    const headers = [
      ['content-encoding', 'gzip'],
      ['content-encoding', 'zstd'],
    ] as const;
    assert.equal(whyWithheld(headers, body, redactor), hidden('gzip, zstd'));
  });

  it('found in what is there of a body that was cut off', () => {
    const long = Buffer.concat([text, Buffer.from(Array.from({ length: 400_000 }, (_, i) => (i * i) % 251))]);
    for (const [coding, body] of [
      ['gzip', zlib.gzipSync(long)],
      ['deflate', zlib.deflateSync(long)],
      ['br', zlib.brotliCompressSync(long)],
      ['zstd', zlib.zstdCompressSync(long)],
    ] as const) {
      assert.equal(withheld(coding, body.subarray(0, -1)), hidden(coding));
    }
  });

  it('what can’t be decoded, or only to more than a cassette holds, is withheld', () => {
    assert.match(withheld('gzip', Buffer.from('text')) ?? '', /, gzip, can't be undone \(incorrect header/);
    assert.match(withheld('compress', text) ?? '', /can't be undone \(compress is not known\), and may hide/);
    assert.match(withheld('constructor', text) ?? '', /constructor is not known/);
    const bomb = zlib.gzipSync(Buffer.alloc(65 << 20));
    assert.match(withheld('gzip', bomb) ?? '', /can't be undone \(more than 64 MiB come out/);
  });

  it('what has no coding or no body is left to others', () => {
    assert.equal(whyWithheld([['content-type', 'application/gzip']], zlib.gzipSync(text), redactor), null);
    assert.equal(withheld('identity', text), null);
    assert.equal(withheld('gzip', new Uint8Array(0)), null);
  });
});
