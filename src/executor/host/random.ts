import { randomFillSync } from 'node:crypto';

/** Where a guest's random bytes come from. */
export interface Random {
  fill(bytes: Uint8Array): void;
}

/** As much as Node fills at once. */
const chunk = 2 ** 30;

/** The machine's own random numbers, fit for keys. */
export function systemRandom(): Random {
  return {
    fill(bytes) {
      for (let at = 0; at < bytes.length; at += chunk) randomFillSync(bytes.subarray(at, at + chunk));
    },
  };
}

/**
 * SplitMix64 (Steele, Lea, Flood 2014): one 64-bit seed, eight bytes a step, little-endian, each request starting
 * on a fresh step. For runs that repeat, never for secrets.
 */
export function seededRandom(seed: number): Random {
  let state = BigInt(seed);
  const next = (): bigint => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    let z = state;
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    return z ^ (z >> 31n);
  };
  const word = new DataView(new ArrayBuffer(8));
  return {
    fill(bytes) {
      for (let at = 0; at < bytes.length; at += 8) {
        word.setBigUint64(0, next(), true);
        bytes.set(new Uint8Array(word.buffer, 0, Math.min(8, bytes.length - at)), at);
      }
    },
  };
}
