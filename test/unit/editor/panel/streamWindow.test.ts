import assert from 'node:assert/strict';
import { StreamWindow } from '../../../../src/editor/panel/streamWindow.ts';
import { encodeUtf8 } from '../../../../src/shared/text.ts';

describe('StreamWindow', () => {
  it('keeps short text whole, and hands out only what is new', () => {
    const window = new StreamWindow();
    window.write(encodeUtf8('one '));
    assert.deepEqual(window.takeUpdate(), { append: 'one ', cutCharacters: 0, tail: '', bytes: 4 });
    assert.equal(window.takeUpdate(), null);
    window.write(encodeUtf8('two'));
    assert.equal(window.takeUpdate()!.append, 'two');
    assert.deepEqual(window.text(), { head: 'one two', cutCharacters: 0, tail: '', bytes: 7 });
  });

  it('joins characters that arrive in two parts, and shows a broken one at the end', () => {
    const window = new StreamWindow();
    const bytes = encodeUtf8('é😀');
    for (const byte of bytes) window.write(Uint8Array.of(byte));
    assert.equal(window.text().head, 'é😀');
    window.write(bytes.subarray(0, 1));
    window.end();
    assert.equal(window.text().head, 'é😀\ufffd');
  });

  it('shows the start and the end of a flood, and counts all of it', () => {
    const window = new StreamWindow();
    let written = '';
    for (let line = 0; line < 100_000; line += 1) {
      const text = `line ${line}\n`;
      written += text;
      window.write(encodeUtf8(text));
      if (line % 1000 === 0) window.takeUpdate();
    }
    const { head, cutCharacters, tail, bytes } = window.text();
    assert.equal(bytes, written.length);
    assert.equal(head.length + cutCharacters + tail.length, written.length);
    assert.ok(written.startsWith(head) && written.endsWith(tail));
    assert.ok(cutCharacters > 0 && tail.length > 0 && head.length + tail.length < 600_000);
  });

  it('gives the same for one write as for many', () => {
    const text = 'abc😀'.repeat(200_000);
    const once = new StreamWindow();
    once.write(encodeUtf8(text));
    const { head, tail } = once.text();
    assert.ok(text.startsWith(head) && text.endsWith(tail));
    assert.ok(head.isWellFormed() && tail.isWellFormed());
  });
});
