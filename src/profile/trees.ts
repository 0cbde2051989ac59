import type { ModuleCounts } from '../fuel/profile/counts.ts';
import { beyondTheTree, type CallNode } from '../fuel/profile/readTree.ts';
import type { FunctionRows } from './functionRows.ts';
import type { FunctionTable } from './functionTable.ts';
import type { Sums } from './sums.ts';

/** The rows of the functions that were under way when the run ended, outermost first; empty where it had returned. */
export function stackAtEnd(tree: readonly CallNode[], rows: FunctionRows): number[] {
  const stack: number[] = [];
  for (let n = tree.findIndex(({ running }) => running); n > 0; n = tree[n]!.parent) {
    if (tree[n]!.function >= 0) stack.unshift(rows.of(tree[n]!.function));
  }
  return stack;
}

/** A function in one context as the source has it: called, or inlined in what is above. */
interface Frame {
  readonly row: number;
  readonly parent: Frame | null;
  /** Null where there are none: most frames call nothing. */
  within: Map<number, Frame> | null;
  self: number;
  total: number;
  calls: number;
}

/**
 * Adds what a call tree tells: the total of each function, once where it recurs, and the stacks. What a node cost is
 * divided among what is inlined there, by what was counted at each of its points.
 */
export function addTree(
  tree: readonly CallNode[],
  counted: ModuleCounts,
  rows: FunctionRows,
  functions: FunctionTable,
  stacks: Sums<readonly number[]>,
): void {
  const root: Frame = { row: -1, parent: null, within: null, self: 0, total: 0, calls: 0 };
  /** Callers before callees. */
  const frames: Frame[] = [];
  const within = (above: Frame, row: number): Frame => {
    // A generic function that calls a copy of itself is one that recurs.
    if (above.row === row) return above;
    let found = above.within?.get(row);
    if (found === undefined) {
      found = { row, parent: above, within: null, self: 0, total: 0, calls: 0 };
      (above.within ??= new Map<number, Frame>()).set(row, found);
      frames.push(found);
    }
    return found;
  };
  const shares = sharesOf(counted, rows);
  const ofNodes: Frame[] = [root];
  tree.forEach(({ function: index, parent, slot, counts, calls }, n) => {
    if (n === 0) return;
    if (index === beyondTheTree) {
      const row = functions.row({ name: '(callers not kept)', file: null, line: null });
      ofNodes.push(within(root, row));
      return;
    }
    const contextOfCall = counted.slots[tree[parent]!.function]?.[slot] ?? 0;
    const above = rows.inlined(contextOfCall).reduce(within, ofNodes[parent]!);
    const own = within(above, rows.of(index));
    ofNodes.push(own);
    own.calls += calls;
    shares(index).forEach((of, point) => {
      const count = counts[point]!;
      if (count === 0) return;
      for (const { context, units } of of) rows.inlined(context).reduce(within, own).self += count * units;
    });
  });
  for (const frame of frames) frame.total = frame.self;
  for (const { parent, total } of frames.toReversed()) parent!.total += total;
  for (const frame of frames) {
    const stack: number[] = [];
    let recurs = false;
    for (let above = frame; above.parent !== null; above = above.parent) {
      stack.unshift(above.row);
      if (above !== frame && above.row === frame.row) recurs = true;
    }
    if (!recurs) functions.add(frame.row, { total: frame.total });
    if (frame.self > 0 || frame.calls > 0) stacks.add(stack.join(' '), () => stack, frame.self, frame.calls);
  }
}

/** What passing a point costs, or one unit of a sized operator, by the context of the code. */
interface Share {
  readonly context: number;
  units: number;
}

/** For a defined function: the shares of each of its counters, those of its points first. */
function sharesOf(
  { points, code }: ModuleCounts,
  rows: FunctionRows,
): (index: number) => readonly (readonly Share[])[] {
  const { chargedEnd, charged, functionPoints, functionSized, sized, bodies } = points;
  const known: (readonly Share[])[][] = [];
  return (index) => {
    if (known[index] !== undefined) return known[index];
    const all: Share[][] = [];
    for (let point = functionPoints[index]!; point < functionPoints[index + 1]!; point++) {
      const shares: Share[] = [];
      for (let n = chargedEnd[point - 1] ?? 0; n < chargedEnd[point]!; n++) {
        // A call's own unit is the function's.
        const context = charged[n] === bodies[index] ? 0 : rows.code(n).context;
        const same = shares.find((share) => share.context === context);
        if (same === undefined) shares.push({ context, units: 1 });
        else same.units++;
      }
      all.push(shares);
    }
    for (const { at } of sized.slice(functionSized[index], functionSized[index + 1]))
      all.push([{ context: code.at(at).context, units: 1 }]);
    return (known[index] = all);
  };
}
