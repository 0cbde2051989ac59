import type { FuelModel } from '../shared/fuelModel.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import { invalidWasm } from '../wasm/byteReader.ts';
import type { Layout } from './layout.ts';
import type { OperatorTables } from './opcodes.ts';

export interface MeterOptions {
  readonly model: FuelModel;
  /** Pages of 64 KiB that each memory may have. */
  readonly memoryLimitPages: number;
  /**
   * Whether the module defines the counter, which V8 reaches faster, or imports it because several modules share
   * one. The importer's name for it is {@link counterImport}.
   */
  readonly counter: 'defined' | 'imported';
  /** The name that V8's stack traces give the module where it has none of its own. */
  readonly name: string;
}

/** How the counter is imported: a mutable i64 global. */
export const counterImport = { module: 'wasi-workbench', name: 'fuel' } as const;

/** Names under which a metered module exports what the host needs; no program uses them by accident. */
export const hiddenExports = {
  /** Mutable i64 global, from -limit upwards; only where the module defines it. */
  counter: 'wasi-workbench:fuel',
  /** Mutable i32 global: 1 once a check found the limit reached. */
  outOfFuel: 'wasi-workbench:out-of-fuel',
  /** Mutable i32 global: 1 once the memory limit refused growth. */
  growthRefused: 'wasi-workbench:growth-refused',
  /** The module's start function, which is called after instantiation instead of during it. */
  start: 'wasi-workbench:start',
  /** Each defined memory, by its place among the defined ones. */
  memory: (n: number): string => `wasi-workbench:memory${n}`,
} as const;

export const pageBytes = 65536;
/** Pages of a 32-bit memory that declares no maximum. */
const mostPages = 65536;

/** What the rewritten module adds, and the indices at which it stands; all of it is appended to its index space. */
export interface Plan {
  readonly layout: Layout;
  readonly tables: OperatorTables;
  readonly options: MeterOptions;
  readonly counterGlobal: number;
  readonly outOfFuelGlobal: number;
  readonly growthRefusedGlobal: number;
  /** Globals from this index on move up by one; beyond all of them where none does. */
  readonly globalsMovedFrom: number;
  /** Most bytes that each memory could have by its declaration, whatever the limit. */
  readonly memoryBytes: Float64Array;
  /** For each memory: index of the function that stands in for `memory.grow`, or -1 where growth can't be refused. */
  readonly growFunctions: Int32Array;
  /** Type index of (i32) -> i32, the type of {@link growFunctions}. */
  readonly growType: number;
  /** For each type with several results: index of the added type without parameters; -1 for others. */
  readonly resultTypes: Int32Array;
  /** Types added after the module's own, the growth type included. */
  readonly addedTypes: number;
}

export function makePlan(layout: Layout, tables: OperatorTables, options: MeterOptions): Plan {
  const { memories, importedMemories, types } = layout;
  const limit = Math.min(options.memoryLimitPages, mostPages);
  let functions = layout.functions.length;
  const growFunctions = Int32Array.from(memories, ({ maximum }, n) => {
    const canBeRefused = n < importedMemories || limit < Math.min(maximum ?? mostPages, mostPages);
    return canBeRefused ? functions++ : -1;
  });
  memories.forEach(({ minimum }, n) => {
    if (n >= importedMemories && minimum <= mostPages && minimum > limit)
      throw minimumOverLimit(minimum, limit);
  });
  let added = 0;
  const resultTypes = Int32Array.from(types, ({ resultCount }) =>
    resultCount > 1 ? types.length + added++ : -1,
  );
  const imported = options.counter === 'imported';
  const added0 = layout.globals + (imported ? 1 : 0);
  return {
    layout,
    tables,
    options: { ...options, memoryLimitPages: limit },
    counterGlobal: imported ? layout.importedGlobals : added0,
    outOfFuelGlobal: imported ? added0 : added0 + 1,
    growthRefusedGlobal: imported ? added0 + 1 : added0 + 2,
    globalsMovedFrom: imported ? layout.importedGlobals : Number.MAX_SAFE_INTEGER,
    memoryBytes: Float64Array.from(memories, ({ maximum }) => (maximum ?? mostPages) * pageBytes),
    growFunctions,
    growType: types.length + added,
    resultTypes,
    addedTypes: added + 1,
  };
}

/** The index of a global in the rewritten module. */
export function movedGlobal(plan: Plan, index: number, offset: number): number {
  if (index >= plan.layout.globals) throw invalidWasm(`a global ${index} that does not exist`, offset);
  return index >= plan.globalsMovedFrom ? index + 1 : index;
}

function minimumOverLimit(minimum: number, limit: number): WorkbenchError {
  const mib = (pages: number) => `${(pages * pageBytes) / 2 ** 20} MiB`;
  return new WorkbenchError(
    'memory-minimum-over-limit',
    `The program asks for ${mib(minimum)} of memory to start with; the limit is ${mib(limit)}.`,
    {
      hint: 'Raise the memory limit.',
      actions: [{ kind: 'raise-limit', limit: 'maxMemoryMb' }],
    },
  );
}
