import { dependencyPath } from '../cargoLock.ts';
import type { Crate } from '../crate.ts';

/** Which of a package's dependencies bring a crate in, as a sentence; null where it is one itself, or isn't known. */
export function bringsIn(crate: string, { lock, manifest }: Crate): string | null {
  if (lock === null || manifest.packageName === null) return null;
  const path = dependencyPath(lock, manifest.packageName, crate);
  if (path === null || path.length < 3) return null;
  return `${crate} comes in through ${path.slice(1, -1).join(' → ')}.`;
}

/** The crate that cargo could not build; null where it doesn't name one. */
export function failedCrate(text: string): string | null {
  return /(?:could not compile|failed to run custom build command for) `([\w-]+)/.exec(text)?.[1] ?? null;
}
