import assert from 'node:assert/strict';
import { createHash, verify, createPublicKey } from 'node:crypto';
import { parseKey, signTransaction } from '../../../../../src/executor/host/worker/rpc/transaction.ts';

/** The seed is 32 times 7, the block's hash 32 times 9; what near-api-js 7.3.1 makes of them. */
const secret =
  'ed25519:99eUso3aSbE9tqGSTXzo3TLfKb9RkMTURrHKQ1K7Zh3StnzFNUx8FKCPPPPpR479qsw5zv2WNBKmgiz7WqgAJfM';
const head =
  'DQAAAGFsaWNlLnRlc3RuZXQA6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iwqAAAAAAAAAAsAAABib2IudGVzdG5ldAkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJAQAAA';
const transaction = {
  signerId: 'alice.testnet',
  nonce: 42n,
  receiverId: 'bob.testnet',
  blockHash: 'cGfHiC6Kgg3FpFZvgwGcswsCRtp4aBP2fzuXRQPizuN',
};

describe('transactions of NEAR', () => {
  it('are written and signed as near-api-js does: a call', () => {
    const action = {
      kind: 'call',
      method: 'set_greeting',
      args: Buffer.from('{"greeting":"hallo"}'),
      gas: 30_000_000_000_000n,
      deposit: 1n,
    } as const;
    const { hash, signed } = signTransaction({ ...transaction, action }, parseKey(secret));
    assert.equal(hash, 'FyHby7FKXqth5ScojkPhXJzouAQa4ewtF6oRvyesUXro');
    assert.equal(
      signed,
      `${head}AIMAAAAc2V0X2dyZWV0aW5nFAAAAHsiZ3JlZXRpbmciOiJoYWxsbyJ9AOBX60gbAAABAAAAAAAAAAAAAAAAAAAAANnw+T6hqPh0Ryz1ltHtSYqlZKar1A0/msurDJ4mZ/kjazhjOP2OiEgJ3+6DE/YKauYHaS6CcOgFo6+BT5VAZQ0=`,
    );
  });

  it('are written and signed as near-api-js does: a transfer', () => {
    const action = { kind: 'transfer', deposit: 123_456_789_012_345_678_901_234_567_890n } as const;
    const { hash, signed } = signTransaction({ ...transaction, action }, parseKey(secret));
    assert.equal(hash, 'bxLu7zatWkr8DnqFZ1s51x7dyzFUuQK7K6WemJdr5hw');
    assert.equal(
      signed,
      `${head}APSCj9O7uBzw/YP6Y4BAAAAAAMTznVv3pWJZE8kYA+01BY5qBLbcFaro1Jm9o/7ftfM+XL4FV86xkHytx/6sKVYGgOwjX2j8gWA5cXkmq6uCgc=`,
    );
  });

  it('are signed so that the public key verifies it', () => {
    const key = parseKey(secret);
    assert.equal(key.publicKey, 'ed25519:GmaDrppBC7P5ARKV8g3djiwP89vz1jLK23V2GBjuAEGB');
    const action = { kind: 'transfer', deposit: 1n } as const;
    const signed = Buffer.from(signTransaction({ ...transaction, action }, key).signed, 'base64');
    const digest = createHash('sha256').update(signed.subarray(0, -65)).digest();
    assert.equal(verify(null, digest, createPublicKey(key.privateKey), signed.subarray(-64)), true);
  });

  it('need a key that is one, and say nothing of what it is', () => {
    for (const wrong of ['', 'secp256k1:abc', 'ed25519:0OIl', 'ed25519:abc', 'ed25519:a:b', 'abc']) {
      assert.throws(
        () => parseKey(wrong),
        (error: Error) =>
          error.message.startsWith('Invalid secret key: ') &&
          (wrong === '' || !error.message.includes(wrong)),
      );
    }
  });
});
