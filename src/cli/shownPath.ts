import { isAbsolute, relative } from 'node:path';
import { originOf } from '../profile/origin.ts';
import { stablePath } from '../profile/stablePath.ts';
import { isBelow } from '../shared/isBelow.ts';

/**
 * A source's path as a terminal shows it: the user's own from the current folder on, or whole where it lies elsewhere,
 * and other people's from their crate's name on.
 */
export function shownPath(file: string, folder = process.cwd()): string {
  if (originOf(file).origin !== 'yours') return stablePath(file);
  return isAbsolute(file) && isBelow(file, folder) ? relative(folder, file) : file;
}
