import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { OutlayerRun } from '../../../shared/outlayer.ts';
import { CallLimit } from './callLimit.ts';
import { publicBytes } from './localKey.ts';

const mostCalls = 10;

type Generated = [output: string, signature: string, alpha: string, error: string];

/**
 * `near:vrf/api@0.1.0`: random bytes that anybody can verify. The signature is Ed25519's of the text alpha, which no
 * program can choose, and the output its SHA-256; the same alpha gives the same output.
 *
 * @param privateKey Ed25519; asked for at the first call
 */
export function vrf(
  { requestId, sender }: OutlayerRun,
  privateKey: () => KeyObject,
): Record<string, unknown> {
  const limit = new CallLimit('VRF', mostCalls);
  return {
    generate(seed: string): Generated {
      const refusal = limit.take();
      if (refusal !== null) return ['', '', '', refusal];
      if (seed.includes(':')) return ['', '', '', "user_seed must not contain ':'"];
      const alpha = `vrf:${requestId}:${sender}:${seed}`;
      const signature = sign(null, Buffer.from(alpha), privateKey());
      return [createHash('sha256').update(signature).digest('hex'), signature.toString('hex'), alpha, ''];
    },
    pubkey(): [key: string, error: string] {
      return [publicBytes(createPublicKey(privateKey())).toString('hex'), ''];
    },
  };
}
