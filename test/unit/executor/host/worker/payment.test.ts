import assert from 'node:assert/strict';
import { payment } from '../../../../../src/executor/host/worker/payment.ts';

describe('near:payment', () => {
  const open = (attached: number) => {
    const refunds: bigint[] = [];
    const { refundUsd } = payment(attached, (amount) => refunds.push(amount)) as {
      readonly refundUsd: (amount: bigint) => string;
    };
    return { refundUsd, refunds };
  };

  it('gives back once, and at most what was attached', () => {
    const { refundUsd, refunds } = open(100);
    assert.equal(refundUsd(101n), 'Refund amount 101 exceeds attached USD 100');
    assert.equal(refundUsd(100n), '');
    assert.equal(refundUsd(0n), 'refund_usd can only be called once per execution');
    assert.deepEqual(refunds, [100n]);
  });
});
