import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { atLeast, atMost } from './bars.ts';
import { ofSize } from './sized.ts';
import { median } from './statistics.ts';
import { timePass } from './timePass.ts';

/** Megabytes, of which each is metered as often as makes this many in all. */
const sizes = [0.5, 1.5, 5, 20];
const metered = 40;

/**
 * Prints the pass's speed alone: warm, on modules of several sizes, and the first time in a fresh process. The
 * functions are those of a program with a regular expression engine, of the smallest size, of a lesser one.
 */
export function passBench(bins: string, rounds: number): void {
  const read = (bin: string) => readFileSync(join(bins, 'wasm32-wasip1', 'release', `${bin}.wasm`));
  const regex = read('regex');
  const modules = sizes.map((size) => ofSize(size < 1 ? read('syntax') : regex, size * 1e6));
  for (let n = 0; n < 10; n++) modules.slice(0, 2).forEach(timePass);
  const times = modules.map((): number[] => []);
  const hashes = modules.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [n, module] of modules.entries()) {
      for (let left = metered / sizes[n]!; left > 0; left--) {
        times[n]!.push(timePass(module));
        hashes[n]!.push(timeHash(module));
      }
    }
  }
  for (const [n, module] of modules.entries()) {
    const speed = module.length / 1e3 / median(times[n]!);
    const best = module.length / 1e3 / Math.min(...times[n]!);
    const hashed = (median(times[n]!) / median(hashes[n]!)).toFixed(1);
    const beside = `best ${best.toFixed(0)}, ${hashed} times MD5 of the same bytes`;
    atLeast(`pass, warm, ${sizes[n]!} MB (${beside})`, speed, 150, ' MB/s');
  }
  const folder = mkdtempSync(join(tmpdir(), 'pass-'));
  const path = join(folder, 'module.wasm');
  writeFileSync(path, modules[1]!);
  const script = fileURLToPath(new URL('timePass.ts', import.meta.url));
  const fresh = Array.from({ length: rounds * 2 }, () =>
    Number(execFileSync(process.execPath, [script, path], { encoding: 'utf8' })),
  );
  rmSync(folder, { recursive: true });
  const best = Math.min(...fresh).toFixed(0);
  atMost(`pass, ${sizes[1]!} MB in a fresh process (best ${best})`, median(fresh), 40, ' ms');
  console.log();
}

/** Milliseconds of something that is linear and always the same, as a measure on a machine that others use as well. */
function timeHash(bytes: Uint8Array): number {
  const start = performance.now();
  createHash('md5').update(bytes).digest();
  return performance.now() - start;
}
