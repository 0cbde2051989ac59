import { WorkbenchError } from '../../shared/workbenchError.ts';
import type { Component, Declaration, Sort } from '../../wasm/component/model.ts';
import type { CompiledModule } from '../engine/engine.ts';
import type { CoreFunction } from './lower.ts';
import type { ComponentFunc, FuncType, ResourceType, ValueType } from './types.ts';

/** A component or instance type, to be read in the scope that it was written in. */
export interface ScopedType {
  readonly kind: 'component type' | 'instance type';
  readonly declarations: readonly Declaration[];
  readonly scope: Scope;
}

export type TypeEntry = ValueType | FuncType | ResourceType | ScopedType;

/** A component that may be instantiated, with the scope that its outer aliases mean. */
export interface ScopedComponent {
  readonly component: Component;
  readonly scope: Scope;
}

export interface Extern {
  readonly sort: Sort;
  readonly value: unknown;
}

export type Externs = ReadonlyMap<string, Extern>;

/** What each index space holds. */
interface Entries {
  func: ComponentFunc;
  value: never;
  type: TypeEntry;
  component: ScopedComponent;
  instance: Externs;
  'core func': CoreFunction;
  'core table': WebAssembly.Table;
  'core memory': WebAssembly.Memory;
  'core global': WebAssembly.Global;
  'core type': null;
  'core module': CompiledModule;
  'core instance': WebAssembly.ModuleImports;
}

/** The index spaces of one component (or of a type that declares) while its definitions are gone through. */
export class Scope {
  readonly parent: Scope | null;
  readonly #spaces: { [S in Sort]?: Entries[S][] } = {};

  constructor(parent: Scope | null) {
    this.parent = parent;
  }

  /** Adds to a space; the caller vouches that `entry` is of the sort. */
  push(sort: Sort, entry: unknown): void {
    ((this.#spaces[sort] as unknown[] | undefined) ??= this.#newSpace(sort)).push(entry);
  }

  get<S extends Sort>(sort: S, index: number): Entries[S] {
    const entry = this.#spaces[sort]?.[index];
    if (entry === undefined) throw unlinkable(`it has no ${sort} of index ${index}`);
    return entry;
  }

  /** The scope `count` levels out; 0 is this one. */
  outer(count: number): Scope {
    if (count === 0) return this;
    if (this.parent === null) throw unlinkable('an alias reaches out of the outermost component');
    return this.parent.outer(count - 1);
  }

  #newSpace(sort: Sort): unknown[] {
    const space: never[] = [];
    this.#spaces[sort] = space;
    return space;
  }
}

/** The error for a component that can be read but does not hold together. */
export function unlinkable(why: string): WorkbenchError {
  return new WorkbenchError('invalid-wasm', `Not a valid component: ${why}.`, {
    hint: 'Build the program again; the file may be damaged.',
  });
}
