import type { GuestMemory } from './guestMemory.ts';

const nothing = new Uint8Array(0);

/**
 * The first buffer of an iovec array that has a length, as a view of the guest's memory; an empty one where none has.
 * wasmtime reads and writes this one alone per call, and a guest pays fuel for each call it makes.
 */
export function firstBuffer(memory: GuestMemory, iovecs: number, count: number): Uint8Array {
  const end = (count >>> 0) * 8;
  for (let offset = 0; offset < end; offset += 8) {
    const length = memory.u32(iovecs, offset + 4);
    if (length !== 0) return memory.bytes(memory.u32(iovecs, offset), length);
  }
  return nothing;
}
