import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Oracle } from '../conformance/oracle.ts';
import { atMost } from './bars.ts';
import { wasmtimeMs } from './compute.ts';
import { meteredEngine, runOnV8 } from './runOnV8.ts';
import { median } from './statistics.ts';

/** Prints what lines and bytes through the host's streams take, against wasmtime 28. */
export async function streamBench(bins: string, oracle: Oracle, rounds: number): Promise<void> {
  const cases: [title: string, bin: string, stdin: Uint8Array][] = [
    ['100,000 println', 'println', Buffer.from('100000')],
    ['10 MB in and out', 'copy', Buffer.alloc(10 << 20, 'x')],
  ];
  for (const [title, bin, stdin] of cases) {
    for (const kind of ['p1', 'p2'] as const) {
      const wasm = readFileSync(join(bins, `wasm32-wasi${kind}`, 'release', `${bin}.wasm`));
      const [ours, theirs]: [number[], number[]] = [[], []];
      for (let round = 0; round < rounds; round++) {
        ours.push((await runOnV8(kind, wasm, stdin, meteredEngine())).runMs);
        theirs.push(await wasmtimeMs(oracle, kind, wasm, stdin, true));
      }
      const [v8, wasmtime] = [median(ours), median(theirs)];
      const times = `${v8.toFixed(1)} ms, wasmtime 28 ${wasmtime.toFixed(1)} ms`;
      atMost(`${title}, ${kind}, ${times}`, v8 / wasmtime, 2);
    }
  }
  console.log();
}
