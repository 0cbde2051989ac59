import { type Metered, withMetered } from '../../fuel/meter.ts';
import { OffsetMap } from '../../fuel/offsetMap.ts';
import { counterImport, exitPlace, hiddenExports, type MeterOptions, pageBytes } from '../../fuel/plan.ts';
import type { ModuleCounts, RunCounts } from '../../fuel/profile/counts.ts';
import { ModuleProfiler } from '../../fuel/profile/profiling.ts';
import type { StartupCharge } from '../../fuel/startup.ts';
import { bytesPerMb } from '../../shared/limits.ts';
import { WorkbenchError } from '../../shared/workbenchError.ts';
import { InlinedCode } from '../../wasm/dwarf/inlinedCode.ts';
import type { CompiledModule, CoreEngine, EngineOptions, NamedModule } from './engine.ts';
import { keepModule } from './recentModules.ts';
import { tuneV8 } from './v8Flags.ts';

tuneV8();

/** How a module was prepared. */
interface Metering {
  readonly options: MeterOptions;
  readonly startup: readonly StartupCharge[];
  /** Null where the run is not profiled. */
  readonly profiler: ModuleProfiler | null;
}

/** Runs core modules on V8, metered by the rewriting pass of `src/fuel`. */
export class MeteredEngine implements CoreEngine {
  readonly #options: EngineOptions;
  readonly #limit: bigint;
  readonly #instances: { readonly instance: WebAssembly.Instance; readonly module: CompiledModule }[] = [];
  readonly #memories = new Set<WebAssembly.Memory>();
  readonly #metering = new WeakMap<CompiledModule, Metering>();
  /** By the module's bytes: instances of one that is compiled again share what was read. */
  readonly #code = new WeakMap<Uint8Array, InlinedCode>();
  readonly #offsetMaps = new WeakMap<CompiledModule, OffsetMap>();
  readonly #compiled: CompiledModule[] = [];
  #counter: WebAssembly.Global<'i64'> | null = null;
  #outOfFuelAtStartup = false;
  #startupFuel = 0;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#limit = BigInt(options.limits.maxInstructions);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- errors arrive as rejections, as the interface says
  async compile(modules: readonly NamedModule[]): Promise<CompiledModule[]> {
    const counter = modules.length === 1 && this.#counter === null ? 'defined' : 'imported';
    const compiled = modules.map((module) => this.#compileOne(module, counter));
    this.#compiled.push(...compiled);
    return compiled;
  }

  get compiled(): readonly CompiledModule[] {
    return this.#compiled;
  }

  #compileOne({ name, bytes }: NamedModule, counter: MeterOptions['counter']): CompiledModule {
    const { fuelModel, limits } = this.#options;
    const options: MeterOptions = {
      model: fuelModel,
      memoryLimitPages: Math.floor((limits.maxMemoryMb * bytesPerMb) / pageBytes),
      counter,
      name,
    };
    const { profile } = this.#options;
    const compile = (metered: Metered): CompiledModule => {
      const profiler =
        profile === undefined
          ? null
          : new ModuleProfiler(
              bytes,
              options,
              metered,
              profile === 'code and calls' ? (offset) => this.#codeOf(bytes).at(offset).context : null,
            );
      const compiled = { name, bytes, module: compileByV8(name, profiler?.bytes ?? metered.bytes) };
      this.#metering.set(compiled, { options, startup: metered.startup, profiler });
      return compiled;
    };
    return withMetered(bytes, options, { withRuns: profile !== undefined }, compile);
  }

  #codeOf(bytes: Uint8Array): InlinedCode {
    let code = this.#code.get(bytes);
    if (code === undefined) this.#code.set(bytes, (code = new InlinedCode(bytes)));
    return code;
  }

  instantiate(module: CompiledModule, imports: WebAssembly.Imports): WebAssembly.Instance {
    const metering = this.#metering.get(module);
    const defines = metering?.options.counter === 'defined';
    if (defines && this.#counter !== null) {
      // A module that is instantiated again counts into the first instance's counter.
      const again = this.#compileOne(module, 'imported');
      this.#compiled.push(again);
      return this.instantiate(again, imports);
    }
    for (const namespace of Object.values(imports)) {
      for (const value of Object.values(namespace)) {
        if (value instanceof WebAssembly.Memory) this.#memories.add(value);
      }
    }
    const instance = new WebAssembly.Instance(module.module, defines ? imports : this.#withCounter(imports));
    if (defines) {
      this.#counter = instance.exports[hiddenExports.counter] as WebAssembly.Global<'i64'>;
      this.#counter.value = -this.#limit;
    }
    this.#instances.push({ instance, module });
    metering?.profiler?.prepare(instance);
    for (let n = 0; ; n++) {
      const memory = instance.exports[hiddenExports.memory(n)];
      if (memory === undefined) break;
      this.#memories.add(memory as WebAssembly.Memory);
    }
    this.#chargeStartup(metering?.startup ?? []);
    const start = instance.exports[hiddenExports.start] as (() => void) | undefined;
    start?.();
    return instance;
  }

  /** What instantiation itself costs. */
  #chargeStartup(startup: readonly StartupCharge[]): void {
    if (this.#counter === null) return;
    for (const { units, checked } of startup) {
      this.#counter.value += BigInt(units);
      this.#startupFuel += units;
      if (!checked || this.#counter.value < 0n) continue;
      this.#outOfFuelAtStartup = true;
      throw new WebAssembly.RuntimeError('unreachable');
    }
  }

  #withCounter(imports: WebAssembly.Imports): WebAssembly.Imports {
    this.#counter ??= new WebAssembly.Global({ value: 'i64', mutable: true }, -this.#limit);
    return { ...imports, [counterImport.module]: { [counterImport.name]: this.#counter } };
  }

  fuelUsed(): number {
    if (this.#counter === null) return 0;
    const used = this.#limit + this.#counter.value;
    return Number(this.outOfFuel || used > this.#limit ? this.#limit : used);
  }

  get outOfFuel(): boolean {
    return this.#outOfFuelAtStartup || this.#flagged(hiddenExports.outOfFuel) !== undefined;
  }

  get growthRefused(): boolean {
    return this.#flagged(hiddenExports.growthRefused) !== undefined;
  }

  /** The first instance in which a flag is set. */
  #flagged(name: string): WebAssembly.Instance | undefined {
    return this.#instances.find(({ instance }) => valueOf(instance, name) !== 0)?.instance;
  }

  peakMemoryBytes(): number {
    // A memory never shrinks, so what it has now is the most it had.
    return [...this.#memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
  }

  counts(): RunCounts | null {
    if (this.#options.profile === undefined) return null;
    const modules = new Map<Uint8Array, ModuleCounts>();
    for (const { instance, module } of this.#instances) {
      const profiler = this.#metering.get(module)!.profiler!;
      const { points, firstFunction, slots } = profiler;
      const { counts, tree, growths } = profiler.counted(instance);
      const before = modules.get(module.bytes);
      if (before === undefined) {
        const code = this.#codeOf(module.bytes);
        const common = { bytes: module.bytes, points, firstFunction, slots, code };
        modules.set(module.bytes, { ...common, counts, trees: [tree], growths: [...growths] });
      } else {
        counts.forEach((count, n) => (before.counts[n]! += count));
        before.trees.push(tree);
        before.growths.push(...growths);
      }
    }
    return { modules: [...modules.values()], startupFuel: this.#startupFuel };
  }

  originalOffset(module: CompiledModule, offset: number): number | null {
    const original = this.#mapped(module, offset);
    if (original !== exitPlace) return original;
    const instance = this.#flagged(hiddenExports.outOfFuel);
    return instance === undefined ? null : valueOf(instance, hiddenExports.outOfFuel);
  }

  #mapped(module: CompiledModule, offset: number): number | null {
    const metering = this.#metering.get(module);
    if (metering === undefined) return null;
    const { options, profiler } = metering;
    if (profiler !== null) return profiler.originalOffset(offset);
    let map = this.#offsetMaps.get(module);
    if (map === undefined) {
      map = new OffsetMap(module.bytes, options);
      this.#offsetMaps.set(module, map);
    }
    return map.original(offset);
  }
}

/** The value of an exported i32 global; 0 without it. */
function valueOf(instance: WebAssembly.Instance, name: string): number {
  return (instance.exports[name] as WebAssembly.Global<'i32'> | undefined)?.value ?? 0;
}

function compileByV8(name: string, metered: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  try {
    const module = new WebAssembly.Module(metered);
    keepModule(module, metered.length);
    return module;
  } catch (error) {
    throw new WorkbenchError('invalid-wasm', `${name} is not a valid WebAssembly module.`, {
      cause: error instanceof Error ? error.message : String(error),
      hint: 'Build the program again; the file may be damaged or made for another engine.',
      error,
    });
  }
}
