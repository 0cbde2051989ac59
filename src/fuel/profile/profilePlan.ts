import type { Layout } from '../layout.ts';
import type { EntryCache, TreeIndices } from './callTree.ts';
import type { CountingPoints } from './countingPoints.ts';

/** Counters that one function returns: V8's limit of results. */
export const countersPerReader = 1000;

/** Names under which an instrumented module exports what is read after the run. */
export const profileExports = {
  /** Returns the n-th thousand counters. */
  counters: (n: number): string => `wasi-workbench:counters${n}`,
  /** The memory of the call tree, and the globals with the address past its last entry, and of the node that runs. */
  tree: 'wasi-workbench:tree',
  treeTop: 'wasi-workbench:tree-top',
  treeCurrent: 'wasi-workbench:tree-current',
} as const;

/** What instrumenting adds to a metered module; all of it stands after the module's own, so that no index moves. */
export interface ProfilePlan {
  readonly layout: Layout;
  readonly counters: number;
  /** Functions that return counters. */
  readonly readers: number;
  /** Mutable i64 globals, V8's fastest memory. */
  readonly firstCounter: number;
  /** i32 globals for the operand and the result of a sized operator. */
  readonly size: number;
  readonly result: number;
  /** Null where calls are not followed. */
  readonly tree: TreeIndices | null;
  /** Of a defined function. */
  readonly cache: (index: number) => EntryCache;
  /** Defined functions of the module that was metered. */
  readonly functions: number;
}

export function planProfile(layout: Layout, points: CountingPoints, tree: boolean): ProfilePlan {
  const counters = points.at.length + points.sized.length;
  const readers = Math.ceil(counters / countersPerReader);
  const size = layout.globals + counters;
  const current = size + 2;
  return {
    layout,
    counters,
    readers,
    firstCounter: layout.globals,
    size,
    result: size + 1,
    tree: tree
      ? {
          memory: layout.memories.length,
          current,
          top: current + 1,
          enter: layout.functions.length + readers,
          grown: layout.functions.length + readers + 1,
        }
      : null,
    cache: (index) => ({ from: current + 2 + 2 * index, node: current + 3 + 2 * index }),
    functions: points.bodies.length,
  };
}
