import type { FuelModel } from '../shared/fuelModel.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import { invalidWasm } from '../wasm/byteReader.ts';
import type { FunctionType, Layout } from './layout.ts';
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
  /** Mutable i32 global: 0 until a check finds the limit reached, then its place, an offset in the module. */
  outOfFuel: 'wasi-workbench:out-of-fuel',
  /** Mutable i32 global: 1 once the memory limit refused growth. */
  growthRefused: 'wasi-workbench:growth-refused',
  /** The module's start function, which is called after instantiation instead of during it. */
  start: 'wasi-workbench:start',
  /** Each defined memory, by its place among the defined ones. */
  memory: (n: number): string => `wasi-workbench:memory${n}`,
} as const;

/** The offset that the code stands for which a function runs where the limit is reached: none of the program's. */
export const exitPlace = 1;

/** The most elements or bytes of a constant number that `wasmtime-current` works on without a check. */
export const mostUncheckedSize = 128;

export const pageBytes = 65536;
/** Pages of a 32-bit memory that declares no maximum. */
const mostPages = 65536;
/** V8's and wasmtime's limit of parameters, and of results. */
const mostParameters = 1000;

/**
 * How the count gets from function to function.
 *
 * - `global`: through the global alone.
 * - `direct`: as a last parameter and result of direct calls; functions that tables may hold use the global.
 * - `everywhere`: the same, and of indirect calls, where no table or function reference leaves the module.
 */
export type Passing = 'global' | 'direct' | 'everywhere';

/** A function that the rewritten module adds. */
export type AddedFunction =
  /** Stands in for `memory.grow`. */
  | { readonly kind: 'grow'; readonly memory: number }
  /** For the host: takes no count, and calls one that does. */
  | { readonly kind: 'entry'; readonly target: number }
  /** For tables: takes a count, and calls an import that does not. */
  | { readonly kind: 'exit'; readonly target: number };

/** What the rewritten module adds, and the indices at which it stands; all of it is appended to its index space. */
export interface Plan {
  readonly layout: Layout;
  readonly tables: OperatorTables;
  readonly options: MeterOptions;
  readonly passing: Passing;
  readonly counterGlobal: number;
  readonly outOfFuelGlobal: number;
  readonly growthRefusedGlobal: number;
  /** Globals from this index on move up by one; beyond all of them where none does. */
  readonly globalsMovedFrom: number;
  /** Most bytes that each memory could have by its declaration, whatever the limit. */
  readonly memoryBytes: Float64Array;
  /** For each memory: index of the function that stands in for `memory.grow`, or -1 where growth can't be refused. */
  readonly growFunctions: Int32Array;
  readonly addedFunctions: readonly AddedFunction[];
  /** For each function: 1 where it takes and returns the count. */
  readonly takesCount: Uint8Array;
  /** For each function: the index that tables and references hold in its place; -1 where none was foreseen. */
  readonly references: Int32Array;
  /** For each function: the index that the host calls in its place. */
  readonly entries: Int32Array;
  /** For each type: index of the same with the count as last parameter and result. */
  readonly countingTypes: Int32Array;
  /** For each type with several results: index of the added type without parameters; -1 for others. */
  readonly resultTypes: Int32Array;
  /** Type index of (i32) -> i32, for `grow`. */
  readonly growType: number;
  /** Number of types after the module's own. */
  readonly addedTypes: number;
}

/**
 * Decides what the rewritten module adds.
 *
 * @throws WorkbenchError `memory-minimum-over-limit`
 */
export function makePlan(
  layout: Layout,
  tables: OperatorTables,
  options: MeterOptions,
  passing: Passing,
): Plan {
  const { memories, importedMemories, importedFunctions, types } = layout;
  const limit = Math.min(options.memoryLimitPages, mostPages);
  checkMinimums(layout, limit);
  const count = layout.functions.length;
  const addedFunctions: AddedFunction[] = [];
  const add = (added: AddedFunction): number => count + addedFunctions.push(added) - 1;

  const growFunctions = Int32Array.from(memories, ({ maximum }, memory) => {
    const canBeRefused = memory < importedMemories || limit < Math.min(maximum ?? mostPages, mostPages);
    return canBeRefused ? add({ kind: 'grow', memory }) : -1;
  });
  const takesCount = new Uint8Array(count);
  if (passing !== 'global') takesCount.fill(1, importedFunctions);
  if (passing === 'direct') for (const index of layout.referenced) takesCount[index] = 0;

  const entries = Int32Array.from(layout.functions.keys());
  const forHost = layout.exports.filter(({ kind }) => kind === 'func').map(({ index }) => index);
  if (layout.start !== null) forHost.push(layout.start);
  for (const target of new Set(forHost)) {
    if (takesCount[target] === 1) entries[target] = add({ kind: 'entry', target });
  }
  const references = entries.slice();
  if (passing === 'everywhere') {
    references.fill(-1);
    for (const target of layout.referenced) {
      references[target] = target < importedFunctions ? add({ kind: 'exit', target }) : target;
    }
  }

  let type = types.length;
  const countingTypes = Int32Array.from(types, () => (passing === 'global' ? -1 : type++));
  const resultTypes = Int32Array.from(types, ({ resultCount }) => (resultCount > 1 ? type++ : -1));
  const imported = options.counter === 'imported';
  const firstGlobal = layout.globals + (imported ? 1 : 0);
  return {
    layout,
    tables,
    options: { ...options, memoryLimitPages: limit },
    passing,
    counterGlobal: imported ? layout.importedGlobals : firstGlobal,
    outOfFuelGlobal: imported ? firstGlobal : firstGlobal + 1,
    growthRefusedGlobal: imported ? firstGlobal + 1 : firstGlobal + 2,
    globalsMovedFrom: imported ? layout.importedGlobals : Number.MAX_SAFE_INTEGER,
    memoryBytes: Float64Array.from(memories, ({ maximum }) => (maximum ?? mostPages) * pageBytes),
    growFunctions,
    addedFunctions,
    takesCount,
    references,
    entries,
    countingTypes,
    resultTypes,
    growType: type,
    addedTypes: type + 1 - types.length,
  };
}

/** The fastest way of passing the count that the module's shape allows; its code may still forbid it. */
export function passingFor({ types, importedTables, exports, hasFunctionGlobals }: Layout): Passing {
  const isFull = (type: FunctionType) =>
    type.parameterCount >= mostParameters || type.resultCount >= mostParameters;
  if (types.some(isFull)) return 'global';
  const isOpen =
    importedTables > 0 ||
    hasFunctionGlobals ||
    exports.some(({ kind }) => kind === 'table') ||
    types.some(({ hasFunctionReference }) => hasFunctionReference);
  return isOpen ? 'direct' : 'everywhere';
}

/** The index of a global in the rewritten module. */
export function movedGlobal(plan: Plan, index: number, offset: number): number {
  if (index >= plan.layout.globals) throw invalidWasm(`a global ${index} that does not exist`, offset);
  return index >= plan.globalsMovedFrom ? index + 1 : index;
}

function checkMinimums({ memories, importedMemories }: Layout, limit: number): void {
  const mib = (pages: number) => `${(pages * pageBytes) / 2 ** 20} MiB`;
  // A minimum that no memory may have is left for V8 to refuse.
  const over = memories
    .slice(importedMemories)
    .find(({ minimum }) => minimum > limit && minimum <= mostPages);
  if (over === undefined) return;
  throw new WorkbenchError(
    'memory-minimum-over-limit',
    `The program asks for ${mib(over.minimum)} of memory to start with; the limit is ${mib(limit)}.`,
    { hint: 'Raise the memory limit.', actions: [{ kind: 'raise-limit', limit: 'maxMemoryMb' }] },
  );
}
