import assert from 'node:assert/strict';
import { jsonProblem } from '../../../../src/executor/outcome/serdeJson.ts';

const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

/** What serde_json 1.0 says of each. */
const said: [text: string | Uint8Array, problem: string | null][] = [
  ['{"a":[1,2.5,-3e10,null,true,false,"x\\n\\u00e9\\ud83d\\ude00"],"b":{"c":""}}', null],
  [' \t\r\n-0.5E-7 ', null],
  ['123456789012345678901234567890', null],
  ['0e999999999999', null],
  [deep(127), null],
  ['', 'EOF while parsing a value at line 1 column 0'],
  ['\n\n', 'EOF while parsing a value at line 3 column 0'],
  ['hello', 'expected value at line 1 column 1'],
  ['\n\n x', 'expected value at line 3 column 2'],
  ['nul', 'EOF while parsing a value at line 1 column 3'],
  ['nulL', 'expected ident at line 1 column 4'],
  ['01', 'invalid number at line 1 column 2'],
  ['-', 'EOF while parsing a value at line 1 column 1'],
  ['1.', 'EOF while parsing a value at line 1 column 2'],
  ['1.e', 'invalid number at line 1 column 3'],
  ['1e+', 'EOF while parsing a value at line 1 column 3'],
  ['1e400', 'number out of range at line 1 column 5'],
  ['1e99999999999', 'number out of range at line 1 column 12'],
  ['1 2', 'trailing characters at line 1 column 3'],
  ['[', 'EOF while parsing a list at line 1 column 1'],
  ['[1,', 'EOF while parsing a value at line 1 column 3'],
  ['[1,]', 'trailing comma at line 1 column 4'],
  ['[1 2]', 'expected `,` or `]` at line 1 column 4'],
  ['{"a":1,}', 'trailing comma at line 1 column 8'],
  ['{"a" 1}', 'expected `:` at line 1 column 6'],
  ['{"a":}', 'expected value at line 1 column 6'],
  ['{1:2}', 'key must be a string at line 1 column 2'],
  ['{"a":1 "b"}', 'expected `,` or `}` at line 1 column 8'],
  ['{"a"', 'EOF while parsing an object at line 1 column 4'],
  ['"a', 'EOF while parsing a string at line 1 column 2'],
  ['"\\x"', 'invalid escape at line 1 column 3'],
  ['"\\ud8', 'EOF while parsing a string at line 1 column 5'],
  ['"\\ud800"', 'unexpected end of hex escape at line 1 column 8'],
  ['"\\ud800\\u0041"', 'lone leading surrogate in hex escape at line 1 column 13'],
  ['"\\udc00"', 'lone leading surrogate in hex escape at line 1 column 7'],
  ['"\u0001"', 'control character (\\u0000-\\u001F) found while parsing a string at line 1 column 2'],
  [Uint8Array.of(0x22, 0xff, 0x22), 'invalid unicode code point at line 1 column 2'],
  [Uint8Array.of(0x22, 0x5c, 0x6e, 0xc3, 0x22), 'invalid unicode code point at line 1 column 4'],
  [Uint8Array.of(0xff), 'expected value at line 1 column 1'],
  [deep(128), 'recursion limit exceeded at line 1 column 128'],
];

describe('what serde_json says of an output', () => {
  for (const [text, problem] of said) {
    const bytes = Buffer.from(text);
    it(`${JSON.stringify(bytes.toString()).slice(0, 50)}: ${problem ?? 'nothing'}`, () => {
      assert.equal(jsonProblem(bytes), problem);
    });
  }
});
