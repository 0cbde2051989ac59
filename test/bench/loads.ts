import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { meteredEngine, runOnV8 } from './runOnV8.ts';
import { against, median } from './statistics.ts';

const encoder = new TextEncoder();

/**
 * The same program in bytes that nobody has compiled before: rustc's commit in the producers section, which is text
 * inside the core module, is written over.
 */
function unseen(wasm: Uint8Array, nonce: number): Uint8Array {
  const copy = Buffer.from(wasm);
  const at = copy.indexOf('rustc');
  if (at < 0) throw new Error('the program has no producers section to write a number into');
  copy.set(encoder.encode(String(nonce).padStart(6, '0').slice(-6)), at + 7);
  return copy;
}

/** Prints what it takes to load programs whose structure was seen before, in a warm process. */
export async function loadBench(bins: string, rounds: number): Promise<void> {
  const cases: ['p1' | 'p2', string, number][] = [
    ['p1', 'matmul', 5],
    ['p2', 'json', 10],
    ['p2', 'regex', 25],
  ];
  for (const [kind, bin, most] of cases) {
    const wasm = readFileSync(join(bins, `wasm32-wasi${kind}`, 'release', `${bin}.wasm`));
    const times: number[] = [];
    for (let n = 0; n < rounds + 3; n++) {
      const { loadMs } = await runOnV8(kind, unseen(wasm, n), new Uint8Array(), meteredEngine(), false);
      if (n >= 3) times.push(loadMs);
    }
    console.log(`load ${kind}, ${Math.round(wasm.length / 1000)} KB: ${against(median(times), most, ' ms')}`);
  }
  console.log();
}
