import assert from 'node:assert/strict';
import { builtVersion, isAtLeast } from '../../../src/diagnostics/versions.ts';

const newest = Infinity;

describe('builtVersion', () => {
  for (const [requirement, version] of [
    ['1', [1, newest, newest]],
    ['1.2.3', [1, newest, newest]],
    ['^0.5.1', [0, 5, newest]],
    ['0.0.3', [0, 0, 3]],
    ['~1.1', [1, 1, newest]],
    ['=1.2.3', [1, 2, 3]],
    [' = 0.6.1', [0, 6, 1]],
    ['>=1, <2', [newest, newest, newest]],
    ['*', [newest, newest, newest]],
    [null, [newest, newest, newest]],
  ] as const) {
    it(`is the newest that ${requirement} admits`, () => {
      assert.deepEqual(builtVersion(requirement, []), version);
    });
  }

  it('is what is locked, of several the one that fits', () => {
    assert.deepEqual(builtVersion('1', ['1.2.5']), [1, 2, 5]);
    assert.deepEqual(builtVersion('0.5', ['0.6.5', '0.5.10']), [0, 5, 10]);
    assert.deepEqual(builtVersion('1', ['1.0.0-rc.1']), [1, 0, 0]);
    assert.deepEqual(builtVersion('*', ['1.0.0', '2.0.0']), [newest, newest, newest]);
    assert.deepEqual(builtVersion('2', ['1.0.0']), [2, newest, newest]);
  });
});

describe('isAtLeast', () => {
  it('compares part by part', () => {
    assert.ok(isAtLeast([1, 2, 0], [1, 2, 0]));
    assert.ok(isAtLeast([1, newest, newest], [1, 2, 0]));
    assert.ok(isAtLeast([2, 0, 0], [1, 9, 9]));
    assert.ok(!isAtLeast([1, 1, newest], [1, 2, 0]));
    assert.ok(!isAtLeast([0, 6, 1], [0, 6, 3]));
  });
});
