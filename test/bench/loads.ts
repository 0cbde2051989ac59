import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Oracle } from '../conformance/oracle.ts';
import { atMost } from './bars.ts';
import { meteredEngine, runOnV8 } from './runOnV8.ts';
import { median } from './statistics.ts';

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

/** Prints what it takes to load programs of bytes never seen before in a warm process, beside wasmtime 28. */
export async function loadBench(bins: string, oracle: Oracle, rounds: number): Promise<void> {
  const cases: ['p1' | 'p2', string, number][] = [
    ['p1', 'matmul', 5],
    ['p2', 'syntax', 10],
    ['p2', 'regex', 25],
  ];
  for (const [kind, bin, most] of cases) {
    const wasm = readFileSync(join(bins, `wasm32-wasi${kind}`, 'release', `${bin}.wasm`));
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let n = 0; n < rounds + 3; n++) {
      const { loadMs } = await runOnV8(kind, unseen(wasm, n), new Uint8Array(), meteredEngine(), false);
      if (n >= 3) ours.push(loadMs);
      if (n % 5 === 3) theirs.push(await compileMs(oracle, kind, unseen(wasm, n)));
    }
    const beside = `best ${Math.min(...ours).toFixed(1)}, wasmtime 28 ${median(theirs).toFixed(0)}`;
    atMost(`load ${kind}, ${Math.round(wasm.length / 1000)} KB (${beside})`, median(ours), most, ' ms');
  }
  console.log();
}

async function compileMs(oracle: Oracle, kind: 'p1' | 'p2', wasm: Uint8Array): Promise<number> {
  const modules = [{ name: 'bench', bytes: wasm }];
  return (await oracle.run({ name: 'bench', kind, modules, stdin: new Uint8Array() }, [1])).compileMs;
}
