import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readInputs } from '../../../../src/cases/inputsFile.ts';
import { exampleInputs } from '../../../../src/editor/cases/exampleInputs.ts';
import type { PlannedInput } from '../../../../src/editor/run/plan.ts';

const crateDir = join('/', 'home', 'ada', 'app');

function stdinOf(input: PlannedInput, of = crateDir) {
  const runnable = { kind: 'bin', name: 'app', package: 'app' } as const;
  const secrets = [{ name: 'KEY', value: 'hidden' }];
  const text = exampleInputs(crateDir, { crateDir: of, runnable, target: null, input }, secrets);
  const { cases, problems } = readInputs(text);
  assert.deepEqual(problems, []);
  return cases[0]!.saved.stdin;
}

describe('a new inputs file', () => {
  it('has the input of the last run, where it was of the crate', () => {
    assert.deepEqual(stdinOf({ kind: 'text', text: 'a "b": c\n' }), { text: 'a "b": c\n' });
    assert.deepEqual(stdinOf({ kind: 'file', path: join(crateDir, 'data', 'in.txt') }), {
      file: '../data/in.txt',
    });
    assert.deepEqual(stdinOf({ kind: 'text', text: 'a' }, join('/', 'other')), { text: '' });
    assert.deepEqual(stdinOf({ kind: 'none' }), { text: '' });
  });

  it('has no secret', () => {
    assert.deepEqual(stdinOf({ kind: 'text', text: 'it is hidden' }), { text: '' });
  });
});
