import type { ModuleCounts } from '../fuel/profile/counts.ts';

/**
 * Told that the operator at an offset of the module, within one of its defined functions, cost units in all; it is the
 * n-th of those that are charged.
 */
export type CostListener = (offset: number, units: number, n: number) => void;

/**
 * What each operator of a defined function cost in all: the counts of the points, spread over what each of them
 * adds up.
 *
 * @param index among the defined functions
 */
export function eachCost({ points, counts }: ModuleCounts, index: number, onCost: CostListener): void {
  const { charged, chargedEnd, functionPoints } = points;
  for (let point = functionPoints[index]!; point < functionPoints[index + 1]!; point++) {
    const count = counts[point]!;
    if (count === 0) continue;
    for (let n = chargedEnd[point - 1] ?? 0; n < chargedEnd[point]!; n++) onCost(charged[n]!, count, n);
  }
}

/** How often a defined function was called. */
export function callsOf({ points, counts }: ModuleCounts, index: number): number {
  return counts[points.functionPoints[index]!] ?? 0;
}

/** What operators cost that are charged by what they were asked for, by defined function. */
export function sizedCosts({
  points,
  counts,
}: ModuleCounts): { offset: number; index: number; units: number }[] {
  const { sized, functionSized, at, bodies } = points;
  return [...bodies.keys()].flatMap((index) =>
    sized.slice(functionSized[index], functionSized[index + 1]).map(({ at: offset }, n) => {
      return { offset, index, units: counts[at.length + functionSized[index]! + n]! };
    }),
  );
}
