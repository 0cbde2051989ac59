import { trap } from '../../component/trap.ts';
import type { Random } from '../random.ts';

/** More than any guest could be handed: a memory ends at 4 GiB, and a list has to leave room for the program. */
const mostBytes = 2 ** 31;

function bytes(random: Random, length: bigint): Uint8Array {
  if (length > BigInt(mostBytes)) trap(`${length} random bytes do not fit the guest’s memory`);
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
