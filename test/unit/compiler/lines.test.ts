import assert from 'node:assert/strict';
import { LineSplitter } from '../../../src/compiler/lines.ts';

function split(chunks: readonly Buffer[]): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  chunks.forEach((chunk) => splitter.push(chunk));
  splitter.end();
  return lines;
}

describe('LineSplitter', () => {
  const text = 'größe: 1 µs\r\n    Building [=>  ] 1/2: 工具\r{"a":"😀"}\n\nlast';
  const lines = ['größe: 1 µs', '    Building [=>  ] 1/2: 工具', '{"a":"😀"}', 'last'];

  it('gives the same lines wherever the chunks break, within characters and line ends too', () => {
    const bytes = Buffer.from(text);
    for (let size = 1; size <= bytes.length; size++) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      assert.deepEqual(split(chunks), lines, `chunks of ${size} bytes`);
    }
  });

  it('replaces a character that the stream broke off in', () => {
    assert.deepEqual(split([Buffer.from('a\n'), Buffer.from([0xc3])]), ['a', '\u{fffd}']);
  });
});
