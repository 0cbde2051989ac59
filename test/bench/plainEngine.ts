import type { CompiledModule, CoreEngine, NamedModule } from '../../src/executor/engine/engine.ts';

/** V8 without metering or limits: what metering is measured against. */
export class PlainEngine implements CoreEngine {
  readonly outOfFuel = false;
  readonly growthRefused = false;
  readonly compiled: readonly CompiledModule[] = [];

  compile(modules: readonly NamedModule[]): Promise<CompiledModule[]> {
    return Promise.resolve(
      modules.map(({ name, bytes }) => ({ name, bytes, module: new WebAssembly.Module(bytes.slice()) })),
    );
  }

  instantiate({ module }: CompiledModule, imports: WebAssembly.Imports): WebAssembly.Instance {
    return new WebAssembly.Instance(module, imports);
  }

  fuelUsed(): number {
    return 0;
  }

  peakMemoryBytes(): number {
    return 0;
  }

  originalOffset(): null {
    return null;
  }
}
