import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { atMost } from './bars.ts';
import { work } from './compute.ts';
import { meteredEngine, runOnV8 } from './runOnV8.ts';
import { geometricMean, median } from './statistics.ts';

/** Prints what profiling costs, as ratios to the metered run: medians of rounds in turn, compilation included. */
export async function profileBench(bins: string, rounds: number): Promise<void> {
  const lines: number[] = [];
  const calls: number[] = [];
  console.log(
    `${'ms'.padEnd(12)}${['metered', 'lines', 'lines, calls'].map((name) => name.padStart(14)).join('')}`,
  );
  for (const [name, amount] of Object.entries(work)) {
    const wasm = readFileSync(join(bins, 'wasm32-wasip1', 'release', `${name}.wasm`));
    const stdin = Buffer.from(String(amount));
    const times: number[][] = [[], [], []];
    for (let round = 0; round < rounds; round++) {
      for (const [n, profile] of [undefined, 'code', 'code and calls'].entries()) {
        const engine = meteredEngine(profile as 'code' | 'code and calls' | undefined);
        times[n]!.push((await runOnV8('p1', wasm, stdin, engine)).runMs);
      }
    }
    const [metered, code, tree] = times.map(median) as [number, number, number];
    lines.push(code / metered);
    calls.push(tree / metered);
    const shown = [metered, code, tree].map((ms) => ms.toFixed(1).padStart(14)).join('');
    console.log(
      `${name.padEnd(12)}${shown}${(code / metered).toFixed(2).padStart(8)}${(tree / metered).toFixed(2).padStart(8)}`,
    );
  }
  atMost('profile of lines to metered, geometric mean', geometricMean(lines), 2);
  atMost('profile of lines and calls to metered, geometric mean', geometricMean(calls), 5);
  atMost('profile of lines and calls to metered, largest', Math.max(...calls), 15);
  console.log();
}
