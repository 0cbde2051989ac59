import assert from 'node:assert/strict';
import { priceOf } from '../../../../src/executor/outcome/price.ts';
import { workerAnswer } from '../../../../src/executor/outcome/workerAnswer.ts';
import { noOutlayer, type OutlayerSettings } from '../../../../src/shared/outlayer.ts';
import { requestFor } from '../support.ts';

const success = { success: true, message: null, billedFuel: 5_000_000, refundUsd: 3 };

describe("the worker's answer", () => {
  const answer = (output: string | Uint8Array, run: OutlayerSettings = {}, verdict = success) =>
    workerAnswer(
      verdict,
      { output: Buffer.from(output), fuel: 5_000_000, runMs: 20.4 },
      requestFor(new Uint8Array(), {
        options: { outlayer: { ...noOutlayer, run: { ...noOutlayer.run, ...run } } },
      }),
    );

  it('is text unless another format is asked for, and has a price', () => {
    const { responseFormat, warnings, price, ...verdict } = answer('ok');
    assert.deepEqual(verdict, success);
    assert.deepEqual([responseFormat, warnings], ['text', []]);
    assert.deepEqual(price, priceOf({ instructions: 5_000_000, timeMs: 20, compileMs: 0 }));
  });

  it('fails an output that is not the JSON asked for, and bills its fuel', () => {
    const json = { responseFormat: 'json' } as const;
    assert.equal(answer('{"a":1}', json).success, true);
    const { success: good, message, billedFuel, refundUsd } = answer('{"a":', json);
    assert.deepEqual([good, billedFuel, refundUsd], [false, 5_000_000, 0]);
    assert.equal(message, 'Failed to parse output as JSON: EOF while parsing a value at line 1 column 5');
    assert.equal(
      answer('', json).message,
      'Failed to parse output as JSON: EOF while parsing a value at line 1 column 0',
    );
    for (const format of ['text', 'bytes'] as const) {
      assert.equal(answer('', { responseFormat: format }).success, true);
    }
  });

  it('leaves a failure what it is', () => {
    const failure = { success: false, message: 'no', billedFuel: 0, refundUsd: 0 };
    const { message, warnings, billedFuel } = answer(
      'x'.repeat(2000),
      { responseFormat: 'json' },
      failure as never,
    );
    assert.deepEqual([message, warnings, billedFuel], ['no', [], 0]);
  });

  it('warns of large outputs, and of text that is none', () => {
    const warned = (bytes: number) => answer('x'.repeat(bytes)).warnings.join();
    assert.equal(warned(899), '');
    assert.match(warned(900), /^The output has 900 bytes, close to the 1024 /);
    assert.match(warned(1023), /close to/);
    assert.match(warned(1024), /^The output has 1024 bytes: .* costlier path/);
    const noText = Uint8Array.of(0xff);
    assert.match(answer(noText).warnings.join(), /not UTF-8/);
    assert.deepEqual(answer(noText, { responseFormat: 'bytes' }).warnings, []);
  });

  it('goes by the constants that are set', () => {
    const price = { https: { base: 7, perMillionInstructions: 0, perSecond: 0 } };
    assert.equal(answer('', { price }).price.microUsd, 7);
  });
});
