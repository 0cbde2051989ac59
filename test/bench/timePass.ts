import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { meter } from '../../src/fuel/meter.ts';

/** Milliseconds that the metering pass takes on a module. */
export function timePass(wasm: Uint8Array): number {
  const start = performance.now();
  meter(wasm, { model: 'wasmtime-28', memoryLimitPages: 2048, counter: 'defined', name: 'bench' });
  return performance.now() - start;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(timePass(readFileSync(process.argv[2]!)));
}
