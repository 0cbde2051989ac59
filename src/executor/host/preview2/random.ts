import { trap } from '../../component/trap.ts';
import type { Random } from '../random.ts';

/** Far more than a program draws at once; what it asks for is allocated before the guest's own limit can refuse it. */
const mostBytes = 2 ** 30;

function bytes(random: Random, length: bigint): Uint8Array {
  if (length > BigInt(mostBytes)) trap(`${length} random bytes are too many at once`);
  const filled = new Uint8Array(Number(length));
  random.fill(filled);
  return filled;
}

function word(random: Random): bigint {
  return new DataView(bytes(random, 8n).buffer).getBigUint64(0, true);
}

/** `wasi:random/random`. */
export function randomInterface(random: Random): Record<string, unknown> {
  return {
    getRandomBytes: (length: bigint) => bytes(random, length),
    getRandomU64: () => word(random),
  };
}

/** `wasi:random/insecure`: as good as the other, since it costs no more. */
export function insecureRandom(random: Random): Record<string, unknown> {
  return {
    getInsecureRandomBytes: (length: bigint) => bytes(random, length),
    getInsecureRandomU64: () => word(random),
  };
}

/** `wasi:random/insecure-seed`: the same however often it is asked for. */
export function insecureSeed(random: Random): Record<string, unknown> {
  let seed: readonly [bigint, bigint] | null = null;
  return { insecureSeed: () => (seed ??= [word(random), word(random)]) };
}
