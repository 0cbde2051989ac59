import type { World } from '../world.ts';
import type { DescriptorTable } from './descriptors.ts';
import type { GuestMemory } from './guestMemory.ts';

/** What the host functions of one run share. */
export interface Context {
  readonly world: World;
  readonly memory: GuestMemory;
  readonly descriptors: DescriptorTable;
}

/** Host functions by import name. They return nothing for success, and throw `Errno` or `FilesystemError` otherwise. */
export type HostFunctions = Readonly<Record<string, (...args: never[]) => void>>;
