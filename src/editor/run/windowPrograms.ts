import { dirname } from 'node:path';
import type { Runnable } from '../../compiler/build.ts';
import type { Compiler } from '../../compiler/compiler.ts';
import { manifestsOfWindow } from './manifests.ts';

/**
 * Everything that can be run of the window's crates. cargo is asked once for a whole workspace, which is why
 * those at the top come first. A folder that cargo refuses is told to `onRefused` and left out.
 */
export async function programsOfWindow(
  compiler: Compiler,
  onRefused: (folder: string, error: unknown) => void,
  signal?: AbortSignal,
): Promise<Runnable[]> {
  const programs: Runnable[] = [];
  const known = new Set<string>();
  for (const { folder } of await manifestsOfWindow()) {
    if (known.has(folder) || signal?.aborted) continue;
    try {
      for (const runnable of await compiler.runnables(folder, signal)) {
        known.add(dirname(runnable.manifestPath));
        programs.push(runnable);
      }
    } catch (error) {
      onRefused(folder, error);
    }
  }
  return programs;
}
