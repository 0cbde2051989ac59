import { closest, distance } from 'fastest-levenshtein';

/**
 * The known name that a mistyped one was meant for.
 *
 * @returns null where none is near: as for cargo, a third of the letters may be wrong; two in short names, since two
 *   that are swapped count as that
 */
export function meantName(name: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const nearest = closest(name, known);
  const wrong = distance(name, nearest);
  return wrong <= Math.max(2, name.length / 3) && wrong < name.length ? nearest : null;
}
