import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { against, median } from './statistics.ts';
import { timePass } from './timePass.ts';

/** Prints the pass's speed alone: warm, and the first time in a fresh process. */
export function passBench(bins: string, rounds: number): void {
  const path = join(bins, 'wasm32-wasip1', 'release', 'regex.wasm');
  const wasm = readFileSync(path);
  for (let n = 0; n < 10; n++) timePass(wasm);
  const warm = median(Array.from({ length: rounds * 4 }, () => timePass(wasm)));
  const speed = wasm.length / 1e6 / (warm / 1e3);
  console.log(`pass, warm: ${speed.toFixed(0)} MB/s (bar 150: ${speed >= 150 ? 'met' : 'MISSED'})`);
  const script = fileURLToPath(new URL('timePass.ts', import.meta.url));
  const fresh = Array.from({ length: rounds }, () =>
    Number(execFileSync(process.execPath, [script, path], { encoding: 'utf8' })),
  );
  const size = (wasm.length / 1e6).toFixed(2);
  console.log(`pass, ${size} MB in a fresh process: ${against(median(fresh), 40, ' ms')}\n`);
}
