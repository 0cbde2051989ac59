import assert from 'node:assert/strict';
import { judgeCase } from '../../../src/cases/judgeCase.ts';
import { nothingRan } from '../../../src/cli/json.ts';
import type { RunResult } from '../../../src/shared/runResult.ts';
import type { SavedInput } from '../../../src/shared/savedInput.ts';
import { encodeUtf8 } from '../../../src/shared/text.ts';
import { errorValue } from '../../../src/shared/workbenchError.ts';
import { workerAnswer } from '../runResult.ts';

const succeeded: RunResult = {
  ...nothingRan(errorValue('internal', '')),
  success: true,
  exitCode: 0,
  fuel: 1000,
  output: encodeUtf8('{"b": 1, "a": [2]}'),
  worker: workerAnswer({ success: false, message: 'no exit, please', billedFuel: 0 }),
  error: null,
};

const trapped: RunResult = {
  ...succeeded,
  success: false,
  exitCode: null,
  error: errorValue('trap', 'It divided by zero.'),
};

const judge = (expect: NonNullable<SavedInput['expect']>, result: RunResult = succeeded) =>
  judgeCase('/crate', { name: 'x', expect }, result, 'wasi');

describe('judging a case', () => {
  const passes: [what: string, expect: NonNullable<SavedInput['expect']>, result?: RunResult][] = [
    ['nothing expected of a success', {}],
    ['JSON in another order', { output: { json: { a: [2], b: 1 } } }],
    ['the same text', { output: { text: '{"b": 1, "a": [2]}' } }],
    ['fuel on the budget', { fuel: 1000 }],
    ['fuel within the tolerance', { fuel: 800, tolerance: 0.25 }],
    ['an exit code that is a failure, and expected', { exitCode: 3 }, { ...trapped, exitCode: 3 }],
  ];
  for (const [what, expect, result] of passes) {
    it(`passes ${what}`, async () => assert.deepEqual(await judge(expect, result), []));
  }

  it('fails a run that failed, in its own words', async () => {
    const [mismatch, ...others] = await judge({}, trapped);
    assert.deepEqual([mismatch!.property, mismatch!.message], [null, 'It divided by zero.']);
    assert.deepEqual(others, []);
  });

  it('fails what the worker would fail, where its view leads', async () => {
    const [mismatch] = await judgeCase('/crate', { name: 'x' }, succeeded, 'outlayer');
    assert.match(mismatch!.message, /no exit, please/);
  });

  it('lays JSON side by side with its keys in one order', async () => {
    const [mismatch] = await judge({ output: { json: { b: 2, a: [2] } } });
    assert.equal(mismatch!.expected, '{\n  "a": [\n    2\n  ],\n  "b": 2\n}');
    assert.equal(mismatch!.actual, '{\n  "a": [\n    2\n  ],\n  "b": 1\n}');
  });

  it('fails output that is no JSON, a text that differs, a wrong exit code and too much fuel', async () => {
    const result = { ...succeeded, output: encodeUtf8('x') };
    assert.match((await judge({ output: { json: 'x' } }, result))[0]!.message, /no JSON/);
    const [text] = await judge({ output: { text: 'x\n' } }, result);
    assert.deepEqual([text!.expected, text!.actual], ['x\n', 'x']);
    assert.match((await judge({ exitCode: 1 }))[0]!.message, /should be 1; it was 0/);
    assert.match((await judge({ exitCode: 1 }, trapped))[0]!.message, /should be 1; It divided by zero/);
    const [fuel] = await judge({ fuel: 799, tolerance: 0.25 });
    assert.match(fuel!.message, /1,000 fuel .*25\.16 % over the budget of 799 with a tolerance of 25 %/);
    assert.deepEqual([fuel!.expected, fuel!.actual], ['799', '1000']);
  });

  it('tells everything that is wrong, not the first alone', async () => {
    const mismatches = await judge({ exitCode: 1, fuel: 1, output: { text: '' } });
    assert.deepEqual(
      mismatches.map(({ property }) => property),
      ['exitCode', 'output', 'fuel'],
    );
  });
});
