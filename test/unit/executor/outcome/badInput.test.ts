import assert from 'node:assert/strict';
import { badInput, endedTooEarly } from '../../../../src/executor/outcome/badInput.ts';

const unwrapped = (error: string) => `called \`Result::unwrap()\` on an \`Err\` value: ${error}`;

describe('An unwrap of bad input', () => {
  const cases: readonly (readonly [message: string, words: string | null])[] = [
    [unwrapped('Error("expected value", line: 1, column: 1)'), 'expected value, at line 1, column 1'],
    ['bad order: Error("missing field `id`", line: 3, column: 7)', 'missing field `id`, at line 3, column 7'],
    [unwrapped('ParseIntError { kind: InvalidDigit }'), 'an integer could not be parsed (InvalidDigit)'],
    [unwrapped('ParseFloatError { kind: Invalid }'), 'a number could not be parsed (Invalid)'],
    [unwrapped('ParseBoolError'), 'true or false could not be parsed'],
    [unwrapped('Utf8Error { valid_up_to: 4, error_len: Some(1) }'), 'it is no UTF-8 from byte 4 on'],
    [
      unwrapped('Error { kind: InvalidData, message: "stream did not contain valid UTF-8" }'),
      'it is no UTF-8',
    ],
    [unwrapped('NotPresent'), null],
    ['called `Option::unwrap()` on a `None` value', null],
    ['ParseIntError', null],
    ['index out of bounds: the len is 3 but the index is 5', null],
  ];
  for (const [message, words] of cases) {
    it(`says of “${message}”: ${words}`, () => assert.equal(badInput(message), words));
  }
});

describe('An input that ended too early', () => {
  it('is known by the words of the usual readers', () => {
    for (const error of [
      'Error("EOF while parsing a value", line: 1, column: 0)',
      'ParseIntError { kind: Empty }',
      'ParseFloatError { kind: Empty }',
      'CharErrorKind::EmptyString',
      'Error { kind: UnexpectedEof, message: "failed to fill whole buffer" }',
    ]) {
      assert.ok(endedTooEarly(unwrapped(error)), error);
    }
    assert.ok(!endedTooEarly(unwrapped('ParseIntError { kind: InvalidDigit }')));
  });
});
