import assert from 'node:assert/strict';
import { prettyJson } from '../../../src/shared/json.ts';

describe('prettyJson', () => {
  const values: unknown[] = [
    {},
    [],
    { a: 1 },
    [1, [2, [], {}], { b: null }],
    { 'a "quoted": {key}': ['[', ']', ',', ':', '\\', '\\"'], nested: { deep: [{}, { x: -1.5e-7 }] } },
    [true, false, null, '', 'line\nbreak', 'é😀'],
  ];
  for (const value of values) {
    const text = JSON.stringify(value);
    it(`lays ${text} out as JSON.stringify does`, () => {
      assert.equal(prettyJson(text), JSON.stringify(value, null, 2));
      assert.equal(prettyJson(`\r\n${JSON.stringify(value, null, '\t')}\n`), JSON.stringify(value, null, 2));
    });
  }

  it('keeps numbers, escapes, double keys and their order as they were written', () => {
    assert.equal(
      prettyJson('{"2":12345678901234567890,"1":1.0,"1":"\\u00e9"}'),
      '{\n  "2": 12345678901234567890,\n  "1": 1.0,\n  "1": "\\u00e9"\n}',
    );
  });

  for (const text of ['', 'text', '12', '"text"', '{', '{"a":1}{"b":2}', "{'a':1}", '[1,]']) {
    it(`leaves ${JSON.stringify(text)} alone`, () => assert.equal(prettyJson(text), null));
  }
});
