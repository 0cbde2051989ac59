import type { PanelCrate } from '../shared/panelProfile.ts';
import type { Profile } from '../shared/profile.ts';
import { originOf } from './origin.ts';

/**
 * Crates with all that was done for them. A crate's own units are known by line, its total by function: where these
 * disagree whose code it was, it has at least its own.
 */
export function withTotals(
  crates: Profile['crates'],
  functions: Profile['functions'],
  stacks: Profile['stacks'],
): PanelCrate[] {
  const key = ({ origin, name }: Pick<PanelCrate, 'origin' | 'name'>) => `${origin} ${name}`;
  const keys = functions.map(({ file }) => key(originOf(file)));
  const totals = new Map<string, number>();
  for (const { frames, self } of stacks) {
    for (const one of new Set(frames.map((frame) => keys[frame]!))) {
      totals.set(one, (totals.get(one) ?? 0) + self);
    }
  }
  return crates.map((crate) => ({ ...crate, total: Math.max(crate.self, totals.get(key(crate)) ?? 0) }));
}
