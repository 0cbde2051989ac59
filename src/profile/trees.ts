import type { CallNode } from '../fuel/profile/readTree.ts';
import type { FunctionTable } from './functionTable.ts';
import type { Sums } from './sums.ts';

/** The rows of the functions that were under way when the run ended, outermost first; empty where it had returned. */
export function stackAtEnd(tree: readonly CallNode[], rowOf: (index: number) => number): number[] {
  const stack: number[] = [];
  for (let n = tree.findIndex(({ running }) => running); n > 0; n = tree[n]!.parent) {
    stack.unshift(rowOf(tree[n]!.function));
  }
  return stack;
}

/**
 * Adds what a call tree tells: the total of each function, once where it recurs, and the stacks.
 *
 * @param tree callers before callees, the root first
 * @param rowOf row of a defined function, by its index among these
 */
export function addTree(
  tree: readonly CallNode[],
  rowOf: (index: number) => number,
  functions: FunctionTable,
  stacks: Sums<readonly number[]>,
): void {
  const totals = tree.map(({ self }) => self);
  for (let n = tree.length - 1; n > 0; n--) totals[tree[n]!.parent]! += totals[n]!;
  /** Rows from the outermost on; the caller's is shared where a node has the same. */
  const frames: (readonly number[])[] = [[]];
  tree.forEach(({ function: index, parent, self, calls }, n) => {
    if (n === 0) return;
    const above = frames[parent]!;
    const row = rowOf(index);
    // A generic function that calls a copy of itself is one that recurs.
    const own = above.at(-1) === row ? above : [...above, row];
    frames.push(own);
    if (!above.includes(row)) functions.add(row, { total: totals[n]! });
    if (self > 0) stacks.add(own.join(' '), () => own, self, calls);
  });
}
