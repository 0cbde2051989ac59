import assert from 'node:assert/strict';
import { type ParseError, parseTree } from 'jsonc-parser';
import { brokenJson } from '../../../src/jsonFiles/brokenJson.ts';

const firstError = (text: string): string => {
  const errors: ParseError[] = [];
  parseTree(text, errors, { allowTrailingComma: true });
  return brokenJson(errors[0]!);
};

const broken: Readonly<Record<string, RegExp>> = {
  '{"a": 1': /a \} is missing/,
  '[1': /a \] is missing/,
  '{"a" 1}': /a : is missing/,
  '{"a": 1 "b": 2}': /a , is missing/,
  '{a: 1}': /without quotes|double quotes/,
  '{"a": }': /a value is missing/,
  '{"a": yes}': /true, false and null stand without quotes/,
  '{} {}': /behind the end/,
  '{"a": "b': /closing quote/,
  '{"a": "C:\\dir"}': /write \\\\ for a backslash/,
  '{"a": "\\u12"}': /four hexadecimal digits/,
  '{"a": 1.}': /number/,
  '{"a": "\t"}': /control character/,
  '/* {}': /never closed/,
};

describe('brokenJson', () => {
  for (const [text, says] of Object.entries(broken)) {
    it(`says in words what is wrong with ${text}`, () => {
      assert.match(firstError(text), says);
      // The parser's names are one word, as in CloseBraceExpected.
      assert.doesNotMatch(firstError(text), /[a-z][A-Z]/);
    });
  }
});
