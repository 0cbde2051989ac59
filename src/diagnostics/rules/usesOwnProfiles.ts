import type { Crate } from '../crate.ts';

/** Whether cargo builds a program for WASI by the profiles of this manifest: not a library's, nor a workspace's member's. */
export function usesOwnProfiles({ roots, isMember, meantForWasi }: Crate): boolean {
  return meantForWasi && !isMember && roots.some(({ kind }) => kind === 'bin');
}
