import assert from 'node:assert/strict';
import { formatNear, formatUsd, initialPrice, priceOf } from '../../../../src/executor/outcome/price.ts';

describe('the price of a run', () => {
  it('has a base, whole millions of instructions and milliseconds on chain', () => {
    const price = priceOf({ instructions: 24_999_999, timeMs: 15, compileMs: 0 });
    assert.equal(price.yoctoNear, String(10n ** 21n + 24n * 10n ** 14n + 15n * 10n ** 17n));
  });

  it('has a base, millions of instructions and seconds over HTTPS', () => {
    assert.equal(priceOf({ instructions: 2_500_000, timeMs: 3000, compileMs: 0 }).microUsd, 1005.5);
  });

  it('adds the time of compiling', () => {
    const { yoctoNear, microUsd } = priceOf({ instructions: 0, timeMs: 0, compileMs: 30_000 });
    assert.equal(yoctoNear, String(10n ** 21n + 30_000n * 10n ** 17n));
    assert.equal(microUsd, 301_000);
  });

  it('is exact for the most that a worker runs', () => {
    const { yoctoNear } = priceOf({ instructions: 500e9, timeMs: 180_000, compileMs: 300_000 });
    assert.equal(yoctoNear, String(10n ** 21n + 500_000n * 10n ** 14n + 480_000n * 10n ** 17n));
  });

  it('goes by the constants it is given', () => {
    const constants = {
      ...initialPrice,
      https: { ...initialPrice.https, base: 1, perMillionInstructions: 2 },
    };
    assert.equal(priceOf({ instructions: 1e6, timeMs: 0, compileMs: 0 }, constants).microUsd, 3);
  });
});

describe('prices in words', () => {
  it('shows the digits of NEAR that count', () => {
    assert.equal(formatNear('1000000000000000000000'), '0.001 NEAR');
    assert.equal(formatNear('1001502400000000000000'), '0.0010015 NEAR');
    assert.equal(formatNear('123456789000000000000000000'), '123.456789 NEAR');
    assert.equal(formatNear('1'), '0.000000000000000000000001 NEAR');
    assert.equal(formatNear('0'), '0 NEAR');
    assert.equal(formatNear('5000000000000000000000000'), '5 NEAR');
  });

  it('shows micro-USD', () => {
    assert.equal(formatUsd(1000), '0.001 USD');
    assert.equal(formatUsd(1005.5), '0.0010055 USD');
    assert.equal(formatUsd(2_000_000), '2.00 USD');
  });
});
