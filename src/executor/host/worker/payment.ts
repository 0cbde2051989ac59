/**
 * `near:payment/api@0.1.0`: gives back part of what was attached to the run, once.
 *
 * @param attachedUsd micro-USD
 * @param refunded told of the refund
 */
export function payment(attachedUsd: number, refunded: (microUsd: bigint) => void): Record<string, unknown> {
  let called = false;
  return {
    refundUsd(amount: bigint): string {
      if (called) return 'refund_usd can only be called once per execution';
      if (amount > BigInt(attachedUsd)) {
        return `Refund amount ${amount} exceeds attached USD ${attachedUsd}`;
      }
      called = true;
      refunded(amount);
      return '';
    },
  };
}
