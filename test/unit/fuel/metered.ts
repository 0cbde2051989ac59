import { meter } from '../../../src/fuel/meter.ts';
import type { OperatorTables } from '../../../src/fuel/opcodes.ts';
import { hiddenExports, type MeterOptions } from '../../../src/fuel/plan.ts';
import { assemble } from './assemble.ts';

export const options: MeterOptions = {
  model: 'wasmtime-28',
  memoryLimitPages: 100,
  counter: 'defined',
  name: 'test',
};

/** A metered module in V8, its counter at hand. */
export interface Metered {
  /** Calls an export; returns its result, `trap` or `out of fuel`. */
  readonly call: (name: string, ...args: unknown[]) => unknown;
  /** Units that a call consumes, whatever its outcome. */
  readonly cost: (name: string, ...args: unknown[]) => number;
  /** Units consumed so far. */
  readonly used: () => number;
  readonly instance: WebAssembly.Instance;
}

export interface RunOptions extends Partial<MeterOptions> {
  readonly limit?: number;
  readonly imports?: WebAssembly.Imports;
  readonly tables?: OperatorTables;
  /** Changes the metered bytes before V8 sees them. */
  readonly patch?: (bytes: Uint8Array<ArrayBuffer>) => void;
}

export function run(
  text: string,
  { limit = 1_000_000, imports = {}, tables, patch, ...rest }: RunOptions = {},
) {
  const { bytes } = meter(assemble(text), { ...options, ...rest }, tables === undefined ? {} : { tables });
  patch?.(bytes);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
  const counter = instance.exports[hiddenExports.counter] as WebAssembly.Global<'i64'>;
  const outOfFuel = instance.exports[hiddenExports.outOfFuel] as WebAssembly.Global<'i32'>;
  counter.value = BigInt(-limit);
  const used = (): number => limit + Number(counter.value);
  const call = (name: string, ...args: unknown[]): unknown => {
    try {
      return (instance.exports[name] as (...args: unknown[]) => unknown)(...args);
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      return outOfFuel.value !== 0 ? 'out of fuel' : 'trap';
    }
  };
  const cost = (name: string, ...args: unknown[]): number => {
    const before = used();
    call(name, ...args);
    return used() - before;
  };
  return { call, cost, used, instance } satisfies Metered;
}
