import assert from 'node:assert/strict';
import { hexRow } from '../../../../src/webview/stream/hexRow.ts';
import { findPattern, mostMatches, positionsIn } from '../../../../src/webview/stream/layout.ts';
import { looksBinary } from '../../../../src/webview/stream/viewMenu.ts';

describe('a search', () => {
  it('takes every character for itself, and upper and lower case for the same', () => {
    const text = 'A.b a+b É é (x)';
    const starts = (query: string) => positionsIn(text, findPattern(query).text).map(({ start }) => start);
    assert.deepEqual(starts('a.B'), [0]);
    assert.deepEqual(starts('a+b'), [4]);
    assert.deepEqual(starts('é'), [8, 10]);
    assert.deepEqual(starts('(x)'), [12]);
  });

  it('counts no more than it can show', () => {
    assert.equal(positionsIn('a'.repeat(2 * mostMatches), findPattern('a').text).length, mostMatches);
  });

  it('means bytes by hex pairs', () => {
    assert.deepEqual([...findPattern('0a FF').bytes], [10, 255]);
    assert.deepEqual([...findPattern('é').bytes], [0xc3, 0xa9]);
    assert.deepEqual([...findPattern('ab').bytes], [0x61, 0x62]);
  });
});

describe('hexRow', () => {
  it('shows bytes as hex and as text', () => {
    const bytes = Uint8Array.from([0, 0x41, 0x7f, 0xff, 0x20]);
    assert.deepEqual(hexRow(bytes, 0, 4), {
      offset: '00000000',
      cells: ['00', '41', '7f', 'ff'],
      text: '.A..',
    });
    assert.deepEqual(hexRow(bytes, 4, 4), { offset: '00000004', cells: ['20'], text: ' ' });
  });
});

describe('looksBinary', () => {
  it('tells bytes from text', () => {
    assert.equal(looksBinary('\u0000\u0001\ufffdabc'), true);
    assert.equal(looksBinary('plain text\twith\r\nlines and one \ufffd'), false);
    assert.equal(looksBinary(''), false);
  });
});
