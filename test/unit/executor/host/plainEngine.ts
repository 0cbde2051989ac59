import type { CompiledModule, CoreEngine } from '../../../../src/executor/engine/engine.ts';

/** Compiles as it is: no meter and no limits, for tests of what a host answers. */
export function plainEngine(): CoreEngine {
  const compiled: CompiledModule[] = [];
  return {
    compiled,
    compile(modules) {
      compiled.push(
        ...modules.map((one) => ({
          ...one,
          module: new WebAssembly.Module(one.bytes as Uint8Array<ArrayBuffer>),
        })),
      );
      return Promise.resolve(compiled.slice(-modules.length));
    },
    instantiate: ({ module }, imports) => new WebAssembly.Instance(module, imports),
    fuelUsed: () => 0,
    outOfFuel: false,
    peakMemoryBytes: () => 0,
    growthRefused: false,
    counts: () => null,
    originalOffset: (_module, offset) => offset,
  };
}
