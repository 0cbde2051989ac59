import type { CompiledModule, CoreEngine, NamedModule } from '../../src/executor/engine/engine.ts';
import { keepModule } from '../../src/executor/engine/recentModules.ts';

/** V8 without metering or limits, but with modules kept as by the metered engine: what that is measured against. */
export class PlainEngine implements CoreEngine {
  readonly outOfFuel = false;
  readonly growthRefused = false;
  readonly compiled: readonly CompiledModule[] = [];

  compile(modules: readonly NamedModule[]): Promise<CompiledModule[]> {
    return Promise.resolve(
      modules.map(({ name, bytes }) => {
        const module = new WebAssembly.Module(bytes.slice());
        keepModule(module, bytes.length);
        return { name, bytes, module };
      }),
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

  counts(): null {
    return null;
  }

  originalOffset(): null {
    return null;
  }
}
