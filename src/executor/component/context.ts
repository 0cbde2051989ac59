import type { StringEncoding } from '../../wasm/component/model.ts';
import type { GuestMemory } from './guestMemory.ts';
import { type BorrowScope, HandleTable } from './handles.ts';
import { trap } from './trap.ts';

/** One instance of a component, as the canonical ABI sees it. */
export class ComponentInstance {
  readonly handles = new HandleTable();
  /** False while values are lowered into it: code that runs then may not call out. */
  mayLeave = true;
  /** False while a call into it goes on: components are not re-entered. */
  mayEnter = true;
}

export type Realloc = (old: number, oldSize: number, align: number, newSize: number) => number;

/** What a lift or a lower works with: canonical options with their indices resolved. */
export interface CanonContext extends BorrowScope {
  readonly instance: ComponentInstance;
  readonly encoding: StringEncoding;
  readonly memory: GuestMemory;
  readonly realloc: Realloc;
  /** Whether lists must be copied out of memory, because guest code runs before their last use. */
  readonly copies: boolean;
}

/** Allocates in the guest, as wasmtime does: also for nothing, since the guest's code then runs too. */
export function allocate(cx: CanonContext, align: number, size: number): number {
  return reallocate(cx, 0, 0, align, size);
}

/**
 * Calls the guest's `realloc` and checks what it returns.
 *
 * @returns an address, aligned, with `size` bytes within the memory
 * @throws as wasmtime traps, where the guest's answer can't be used
 */
export function reallocate(
  cx: CanonContext,
  old: number,
  oldSize: number,
  align: number,
  size: number,
): number {
  if (size > 0xffff_ffff) trap('a value too large for the guest’s memory');
  const at = cx.realloc(old, oldSize, align, size) >>> 0;
  if (at % align !== 0) trap('realloc return: result not aligned');
  if (at + size > cx.memory.bytes.byteLength) trap('realloc return: beyond end of memory');
  return at;
}
