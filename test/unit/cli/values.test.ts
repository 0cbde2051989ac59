import assert from 'node:assert/strict';
import { environment, oneOf, seconds, wholeNumber } from '../../../src/cli/values.ts';
import { usage } from './usage.ts';

describe('wholeNumber', () => {
  it('takes digits within the bounds', () => {
    assert.equal(wholeNumber('--n', '1', 1, 10), 1);
    assert.equal(wholeNumber('--n', '010', 1, 10), 10);
    assert.equal(wholeNumber('--n', '9007199254740991', 0, Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
  });

  for (const text of ['0', '11', '-1', '1.5', '1e1', '0x1', '', ' 1', '1,000', 'NaN', 'Infinity']) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.match(
        usage(() => wholeNumber('--n', text, 1, 10)).message,
        /^--n takes a whole number from 1 to 10/,
      );
    });
  }
});

describe('seconds', () => {
  it('takes fractions', () => {
    assert.equal(seconds('--s', '0.25'), 0.25);
    assert.equal(seconds('--s', '0.001'), 0.001);
    assert.equal(seconds('--s', '60'), 60);
  });

  for (const text of ['0', '0.0', '0.0009', '-1', '1e3', '.5', '5.', '86401', '']) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.match(
        usage(() => seconds('--s', text)).message,
        /^--s takes a number of seconds from 0\.001 to 86400/,
      );
    });
  }
});

describe('oneOf', () => {
  it('is the name, or names them all', () => {
    assert.equal(oneOf('--o', 'b', ['a', 'b']), 'b');
    assert.equal(usage(() => oneOf('--o', 'B', ['a', 'b'])).hint, 'Choose one of a, b.');
  });
});

describe('environment', () => {
  it('splits at the first equals sign and keeps the order', () => {
    assert.deepEqual(environment(['B=1=2', 'A=', 'C= x ']), [
      ['B', '1=2'],
      ['A', ''],
      ['C', ' x '],
    ]);
  });

  it('lets the last value of a name count', () => {
    assert.deepEqual(environment(['A=1', 'B=2', 'A=3']), [
      ['A', '3'],
      ['B', '2'],
    ]);
  });

  it('refuses what names no variable', () => {
    for (const text of ['A', '=1', '']) {
      assert.match(usage(() => environment([text])).message, /^--env takes NAME=VALUE/);
    }
  });
});
