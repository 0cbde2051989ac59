import type { RunCounts } from '../../fuel/profile/counts.ts';
import type { FuelModel } from '../../shared/fuelModel.ts';
import type { Limits } from '../../shared/limits.ts';

/**
 * Compiles and instantiates the core modules of one run, so that all of them count into one fuel counter and
 * each of their memories is held to the limit. Formats use this and never `WebAssembly` itself.
 *
 * An engine belongs to one run and is thrown away after it.
 */
export interface CoreEngine {
  /**
   * Meters and compiles core modules. All modules of a run are given at once, because one of them owns the
   * counter that the others import; the order of the result is the order of the argument.
   *
   * @throws WorkbenchError `invalid-wasm`, `unsupported-proposal`, `memory-minimum-over-limit`
   */
  compile(modules: readonly NamedModule[]): Promise<CompiledModule[]>;

  /** Everything compiled so far, for backtraces. */
  readonly compiled: readonly CompiledModule[];

  /** Instantiates with the guest's imports; the counter's own imports are added here. Runs `start`. */
  instantiate(module: CompiledModule, imports: WebAssembly.Imports): WebAssembly.Instance;

  /** Units consumed as wasmtime's store would report them now. Never above what was checked. */
  fuelUsed(): number;

  /** True once a check found the limit reached; the trap that follows is then `out-of-fuel`. */
  readonly outOfFuel: boolean;

  /** Sum over all memories of the most each had, bytes. */
  peakMemoryBytes(): number;

  /** True when some `memory.grow` was refused because of the limit. */
  readonly growthRefused: boolean;

  /** What was counted until now; null where the engine was made without profiling. */
  counts(): RunCounts | null;

  /** The byte offset in the module as it was given, for one in the module as V8 runs it. */
  originalOffset(module: CompiledModule, offset: number): number | null;
}

export interface NamedModule {
  /** For messages and backtraces: the module's own name, else its position, such as `module[0]`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface CompiledModule extends NamedModule {
  readonly module: WebAssembly.Module;
}

export interface EngineOptions {
  readonly fuelModel: FuelModel;
  readonly limits: Limits;
  /** What to count besides fuel: how often each piece of code runs, and who calls whom. Nothing by default. */
  readonly profile?: 'code' | 'code and calls';
}
