import assert from 'node:assert/strict';
import type { SecretValue } from '../../../../src/editor/secrets/redact.ts';
import { TestOutput } from '../../../../src/editor/tests/testOutput.ts';
import { encodeUtf8 } from '../../../../src/shared/text.ts';

/** What is handed on of a text that comes in pieces of so many bytes. */
function handed(text: string, size: number, secrets: readonly SecretValue[] = []): string[] {
  const parts: string[] = [];
  const output = new TestOutput(secrets, (part) => parts.push(part));
  const bytes = encodeUtf8(text);
  for (let at = 0; at < bytes.length; at += size) output.write(bytes.subarray(at, at + size));
  output.end();
  return parts;
}

describe('what a test wrote', () => {
  it('comes line by line with the ends of a terminal, whatever the pieces', () => {
    for (const size of [1, 3, 100]) {
      assert.equal(
        handed('grüße\nzwei\r\ndrei', size).join('|').replaceAll('\n|', '\n'),
        'grüße\r\nzwei\r\ndrei',
      );
    }
    assert.deepEqual(handed('a\nb\nc', 2), ['a\r\n', 'b\r\n', 'c']);
  });

  it('has no secret in it, though it come in pieces', () => {
    const key = { name: 'KEY', value: 'k-12345678' };
    for (const size of [1, 4, 100]) {
      assert.equal(handed('x k-12345678 y\nz', size, [key]).join(''), 'x [secret KEY] y\r\nz');
    }
  });

  it('waits for the end where a secret has lines', () => {
    const key = { name: 'PEM', value: 'one\ntwo' };
    assert.deepEqual(handed('a\none\ntwo\nb', 3, [key]), ['a\r\n[secret PEM]\r\nb']);
  });
});
