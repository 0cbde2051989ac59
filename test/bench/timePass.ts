import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withMetered } from '../../src/fuel/meter.ts';

const options = { model: 'wasmtime-28', memoryLimitPages: 2048, counter: 'defined', name: 'bench' } as const;

/** Milliseconds that the metering pass takes on a module, as the engine calls it. */
export function timePass(wasm: Uint8Array): number {
  const start = performance.now();
  withMetered(wasm, options, {}, () => undefined);
  return performance.now() - start;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(timePass(readFileSync(process.argv[2]!)));
}
