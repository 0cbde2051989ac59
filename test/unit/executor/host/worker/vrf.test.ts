import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { fixedKey, localKey } from '../../../../../src/executor/host/worker/localKey.ts';
import { vrf } from '../../../../../src/executor/host/worker/vrf.ts';
import { localOutlayer } from '../../../../../src/shared/outlayer.ts';
import { ScratchDatabase } from './support.ts';

interface Vrf {
  readonly generate: (seed: string) => [output: string, signature: string, alpha: string, error: string];
  readonly pubkey: () => [key: string, error: string];
}

describe('near:vrf', () => {
  let scratch: ScratchDatabase;
  beforeEach(() => (scratch = new ScratchDatabase()));
  afterEach(() => scratch[Symbol.dispose]());
  const open = (change = {}) =>
    vrf({ ...localOutlayer, ...change }, () => localKey(scratch.db, 'vrf')) as unknown as Vrf;

  it('signs what no program can choose, verifiably', () => {
    const { generate, pubkey } = open({ requestId: 42, sender: 'bob.near' });
    const [output, signature, alpha, error] = generate('seed');
    assert.equal(error, '');
    assert.equal(alpha, 'vrf:42:bob.near:seed');
    const [key] = pubkey();
    assert.match(key, /^[\da-f]{64}$/);
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key, 'hex').toString('base64url') };
    const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
    const bytes = Buffer.from(signature, 'hex');
    assert.equal(verify(null, Buffer.from(alpha), publicKey, bytes), true);
    assert.equal(verify(null, Buffer.from(`${alpha}x`), publicKey, bytes), false);
    assert.equal(output, createHash('sha256').update(bytes).digest('hex'));
  });

  it('gives the same for the same, in another run as well, and another for another', () => {
    const [first] = open().generate('a');
    assert.equal(open().generate('a')[0], first);
    assert.notEqual(open().generate('b')[0], first);
    assert.notEqual(open({ requestId: 2 }).generate('a')[0], first);
    assert.notEqual(open({ sender: 'eve.near' }).generate('a')[0], first);
  });

  it('signs with the same key everywhere where nothing is kept', () => {
    const sign = () => vrf(localOutlayer, () => fixedKey('vrf')) as unknown as Vrf;
    assert.deepEqual(sign().generate('a'), sign().generate('a'));
    assert.equal(sign().pubkey()[0], '436a88aa26336aab06be7b61ea17d6821b0c84410e9c6c53dfa1a01881f08820');
  });

  it('refuses a seed that could end where it likes', () => {
    const [output, signature, alpha, error] = open().generate('1:eve.near:x');
    assert.deepEqual([output, signature, alpha], ['', '', '']);
    assert.match(error, /':'/);
  });

  it('may be asked ten times', () => {
    const { generate, pubkey } = open();
    for (let i = 0; i < 10; i++) assert.equal(generate(String(i))[3], '');
    assert.deepEqual(generate('more'), ['', '', '', 'VRF rate limit exceeded: 11 calls (max: 10)']);
    assert.equal(pubkey()[1], '');
  });
});
