import type { ResourceType } from './types.ts';
import { trap } from './trap.ts';

/** A resource that a guest defined, outside of it: its type and the number by which its instance knows it. */
export class GuestResource {
  readonly type: ResourceType;
  readonly representation: number;

  constructor(type: ResourceType, representation: number) {
    this.type = type;
    this.representation = representation;
  }
}

/** A call that lends handles to a guest. */
export interface BorrowScope {
  /** Borrows handed to the guest by the call that goes on, which it has to drop before that returns. */
  openBorrows: number;
}

interface Handle {
  /** The host's object, or a {@link GuestResource}. */
  readonly value: unknown;
  /** Null for an owned handle; for a borrowed one the call that it must be dropped in. */
  readonly borrowedFor: BorrowScope | null;
}

/** The validators' bound on the length of a table (Component Model, CanonicalABI.md). */
const mostHandles = 2 ** 28 - 1;

/** The handles of one component instance. Those of each type count by themselves, as in wasmtime 28: guests print them. */
export class HandleTable {
  readonly #ofType = new Map<ResourceType, Handles>();

  add(type: ResourceType, value: unknown, borrowedFor: BorrowScope | null): number {
    let handles = this.#ofType.get(type);
    if (handles === undefined) this.#ofType.set(type, (handles = new Handles()));
    return handles.add({ value, borrowedFor });
  }

  /** What a handle stands for. */
  value(type: ResourceType, index: number): unknown {
    return this.#get(type, index).value;
  }

  /** Takes an owned handle out: its owner is now someone else. */
  takeOwned(type: ResourceType, index: number): unknown {
    const handle = this.#get(type, index);
    if (handle.borrowedFor !== null) trap('cannot lift own resource from a borrow');
    this.#ofType.get(type)!.remove(index >>> 0);
    return handle.value;
  }

  /** The guest's `resource.drop`. */
  drop(type: ResourceType, index: number): void {
    const handle = this.#get(type, index);
    this.#ofType.get(type)!.remove(index >>> 0);
    if (handle.borrowedFor !== null) handle.borrowedFor.openBorrows--;
    else dispose(handle.value);
  }

  #get(type: ResourceType, index: number): Handle {
    return this.#ofType.get(type)?.at(index >>> 0) ?? trap(`unknown handle index ${index >>> 0}`);
  }
}

/** Handles of one type. Index 0 is never used, and the last freed is given out first. */
class Handles {
  readonly #handles: (Handle | undefined)[] = [undefined];
  readonly #free: number[] = [];

  at(index: number): Handle | undefined {
    return this.#handles[index];
  }

  add(handle: Handle): number {
    const free = this.#free.pop();
    if (free !== undefined) {
      this.#handles[free] = handle;
      return free;
    }
    if (this.#handles.length > mostHandles) trap('too many handles');
    return this.#handles.push(handle) - 1;
  }

  remove(index: number): void {
    this.#handles[index] = undefined;
    this.#free.push(index);
  }
}

function dispose(value: unknown): void {
  if (value instanceof GuestResource) value.type.destructor?.(value.representation);
  else (value as Partial<Disposable>)[Symbol.dispose]?.();
}
