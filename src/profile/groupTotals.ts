import type { ProfiledStack } from '../shared/profile.ts';

/**
 * What was spent in functions of each group or was called from them: each stack once, however many of its frames are of
 * one group.
 *
 * @param groupOf for each function the number of its group; undefined for one of none
 */
export function groupTotals(
  groupOf: readonly (number | undefined)[],
  groups: number,
  stacks: readonly Pick<ProfiledStack, 'frames' | 'self'>[],
): Float64Array {
  const totals = new Float64Array(groups);
  /** For each group the last stack that was added. */
  const added = new Int32Array(groups).fill(-1);
  stacks.forEach(({ frames, self }, n) => {
    for (const frame of frames) {
      const group = groupOf[frame];
      if (group === undefined || added[group] === n) continue;
      added[group] = n;
      totals[group]! += self;
    }
  });
  return totals;
}
