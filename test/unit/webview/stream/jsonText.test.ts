import assert from 'node:assert/strict';
import { eachChild, firstChild, jsonRoot, type JsonChild } from '../../../../src/webview/stream/jsonText.ts';

function childrenOf(text: string): JsonChild[] {
  const root = jsonRoot(text)!;
  const children: JsonChild[] = [];
  eachChild(text, root, firstChild(root), (child) => {
    children.push(child);
    return true;
  });
  return children;
}

describe('jsonRoot', () => {
  it('counts what an object or a list has', () => {
    for (const [text, count] of [
      ['{}', 0],
      [' [ ]\n', 0],
      ['[[]]', 1],
      ['["a,b", {"c": [1, 2]}, "}"]', 3],
      ['{"a": "\\"", "b\\\\": [],\r\n"c": {}}', 3],
    ] as const) {
      assert.equal(jsonRoot(text)?.count, count, text);
    }
  });

  for (const text of ['', '12', '"text"', '{', '{"a":1}{"b":2}', '[1,]', 'text {}']) {
    it(`takes ${JSON.stringify(text)} for no tree`, () => assert.equal(jsonRoot(text), null));
  }
});

describe('eachChild', () => {
  it('finds keys and values as they are written, double keys and long numbers too', () => {
    const text = '{ "a" : 12345678901234567890 , "a":"x\\"}", "\\u00e9": [1, {}], "n":null}';
    const found = childrenOf(text).map(({ key, index, value: { kind, start, end, count } }) => ({
      key,
      index,
      kind,
      count,
      text: text.slice(start, end),
    }));
    assert.deepEqual(found, [
      { key: '"a"', index: 0, kind: 'number', count: 0, text: '12345678901234567890' },
      { key: '"a"', index: 1, kind: 'string', count: 0, text: '"x\\"}"' },
      { key: '"\\u00e9"', index: 2, kind: 'array', count: 2, text: '[1, {}]' },
      { key: '"n"', index: 3, kind: 'word', count: 0, text: 'null' },
    ]);
    assert.deepEqual(
      childrenOf(text).map(({ start }) => text.slice(start, start + 3)),
      ['"a"', '"a"', '"\\u', '"n"'],
    );
  });

  it('goes on from any child, and stops when told to', () => {
    const text = '[10, 11, 12, 13]';
    const root = jsonRoot(text)!;
    const seen: number[] = [];
    eachChild(text, root, { start: text.indexOf('12'), index: 2 }, ({ index }) => seen.push(index) < 1);
    assert.deepEqual(seen, [2]);
  });
});
