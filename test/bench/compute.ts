import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Oracle } from '../conformance/oracle.ts';
import { atMost } from './bars.ts';
import { meteredEngine, plainEngine, runOnV8 } from './runOnV8.ts';
import { geometricMean, median } from './statistics.ts';

/** What each program reads as its amount of work: some hundred milliseconds on wasmtime. */
export const work: Readonly<Record<string, number>> = {
  fib: 32,
  sieve: 10_000_000,
  matmul: 300,
  nbody: 400_000,
  sha256: 25,
  formatting: 300_000,
  sort: 1_000_000,
  json: 150,
  regex: 1200,
  hashmap: 1_500_000,
  calls: 25,
  branches: 3000,
};

const columns = ['V8 metered', 'V8 plain', 'wasmtime 28 metered', 'wasmtime 28 plain'] as const;

/**
 * Prints run times without compilation, medians of rounds in turn, and their ratios: the medians of what each round's
 * own two times give, since a busy machine slows neighbours in time alike.
 */
export async function computeBench(bins: string, oracle: Oracle, rounds: number): Promise<void> {
  const toWasmtime: number[] = [];
  const toPlain: number[] = [];
  console.log(
    `${'ms'.padEnd(12)}${columns.map((name) => name.padStart(21)).join('')}   to wasmtime   to plain`,
  );
  for (const [name, amount] of Object.entries(work)) {
    const wasm = readFileSync(join(bins, 'wasm32-wasip1', 'release', `${name}.wasm`));
    const stdin = Buffer.from(String(amount));
    const times: number[][] = [[], [], [], []];
    for (let round = 0; round < rounds; round++) {
      times[0]!.push((await runOnV8('p1', wasm, stdin, meteredEngine())).runMs);
      times[1]!.push((await runOnV8('p1', wasm, stdin, plainEngine())).runMs);
      times[2]!.push(await wasmtimeMs(oracle, 'p1', wasm, stdin, true));
      times[3]!.push(await wasmtimeMs(oracle, 'p1', wasm, stdin, false));
    }
    const medians = times.map(median);
    const metered = times[0]!;
    const ratios = [times[2]!, times[1]!].map((others) =>
      median(metered.map((ms, round) => ms / others[round]!)),
    );
    toWasmtime.push(ratios[0]!);
    toPlain.push(ratios[1]!);
    console.log(
      `${name.padEnd(12)}${medians.map((ms) => ms.toFixed(1).padStart(21)).join('')}${ratios[0]!.toFixed(2).padStart(14)}${ratios[1]!.toFixed(2).padStart(11)}`,
    );
  }
  atMost('metered V8 to metered wasmtime 28, geometric mean', geometricMean(toWasmtime), 0.75);
  atMost('metered V8 to metered wasmtime 28, largest', Math.max(...toWasmtime), 1.05);
  atMost('metered V8 to plain V8, geometric mean', geometricMean(toPlain), 1.15);
  atMost('metered V8 to plain V8, largest', Math.max(...toPlain), 2);
  console.log();
}

/** Milliseconds of one run on an oracle, instantiation and compilation left out. */
export async function wasmtimeMs(
  oracle: Oracle,
  kind: 'p1' | 'p2',
  wasm: Uint8Array,
  stdin: Uint8Array,
  metered: boolean,
): Promise<number> {
  const program = { name: 'bench', kind, modules: [{ name: 'bench', bytes: wasm }], stdin };
  const [outcome] = (await oracle.run(program, [1_000_000_000_000], { metered })).outcomes;
  if (outcome?.kind !== 'ok') throw new Error(`wasmtime ended with ${outcome?.kind}: ${outcome?.detail}`);
  return outcome.runMs;
}
