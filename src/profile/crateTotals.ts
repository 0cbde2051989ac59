import type { PanelCrate } from '../shared/panelProfile.ts';
import type { Profile } from '../shared/profile.ts';
import { groupTotals } from './groupTotals.ts';
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
  const numbers = new Map<string, number>();
  const crateOf = functions.map(({ file }) => {
    const of = key(originOf(file));
    const number = numbers.get(of) ?? numbers.size;
    numbers.set(of, number);
    return number;
  });
  const totals = groupTotals(crateOf, numbers.size, stacks);
  const totalOf = (number: number | undefined) => (number === undefined ? 0 : totals[number]!);
  return crates.map((crate) => ({
    ...crate,
    total: Math.max(crate.self, totalOf(numbers.get(key(crate)))),
  }));
}
