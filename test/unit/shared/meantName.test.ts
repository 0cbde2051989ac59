import assert from 'node:assert/strict';
import { meantName } from '../../../src/shared/meantName.ts';

const options = ['--input', '--input-file', '--json', '--bin', '--max-memory-mb'];

describe('meantName', () => {
  for (const [name, meant] of [
    ['--inptu', '--input'],
    ['--input_file', '--input-file'],
    ['--max-memory', '--max-memory-mb'],
    ['--jsno', '--json'],
    ['--limit', null],
    ['--profile', null],
  ] as const) {
    it(`takes ${name} for ${meant ?? 'none of them'}`, () => assert.equal(meantName(name, options), meant));
  }

  it('knows two letters that are swapped in a short name, and takes one letter for nothing', () => {
    assert.equal(meantName('rnu', ['build', 'run']), 'run');
    assert.equal(meantName('x', ['on', 'is']), null);
    assert.equal(meantName('run', []), null);
  });
});
