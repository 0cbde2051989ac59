import type { CoreEngine } from '../../src/executor/engine/engine.ts';
import { MeteredEngine } from '../../src/executor/engine/meteredEngine.ts';
import { systemClocks } from '../../src/executor/host/clocks.ts';
import { seededRandom } from '../../src/executor/host/random.ts';
import { InputPipe, OutputPipe } from '../../src/executor/host/stdio.ts';
import { loadWasiP1 } from '../../src/executor/wasiP1.ts';
import { loadWasiP2 } from '../../src/executor/wasiP2.ts';
import { defaultFuelModel } from '../../src/shared/fuelModel.ts';
import { defaultLimits, largestInstructionLimit } from '../../src/shared/limits.ts';
import { PlainEngine } from './plainEngine.ts';

export interface Measured {
  /** From the bytes to just before the first guest instruction. */
  readonly loadMs: number;
  readonly runMs: number;
  /** Bytes of stdout, so that a run which did nothing is noticed. */
  readonly written: number;
}

export function meteredEngine(): CoreEngine {
  const limits = { ...defaultLimits, maxInstructions: largestInstructionLimit };
  return new MeteredEngine({ fuelModel: defaultFuelModel, limits });
}

export const plainEngine = (): CoreEngine => new PlainEngine();

/** Loads a command, and runs it unless `run` is false. */
export async function runOnV8(
  kind: 'p1' | 'p2',
  wasm: Uint8Array,
  stdin: Uint8Array,
  engine: CoreEngine,
  run = true,
): Promise<Measured> {
  let written = 0;
  const world = {
    argv: [],
    env: [],
    stdin: new InputPipe(stdin),
    stdout: new OutputPipe(Number.MAX_SAFE_INTEGER, (bytes) => (written += bytes.length)),
    stderr: new OutputPipe(Number.MAX_SAFE_INTEGER, () => undefined),
    clocks: systemClocks(),
    random: seededRandom(0),
    preopens: [],
  };
  const start = performance.now();
  const guest = await (kind === 'p1' ? loadWasiP1 : loadWasiP2)({ wasm, name: 'bench', engine, world });
  const loaded = performance.now();
  if (run) guest.run();
  const runMs = performance.now() - loaded;
  guest.close?.();
  return { loadMs: loaded - start, runMs, written };
}
