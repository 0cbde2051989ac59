import type { Layout } from '../layout.ts';
import type { TreeIndices } from './callTree.ts';
import type { CountingPoints } from './countingPoints.ts';
import type { FollowedCalls } from './insertions.ts';
import type { TreeLayout } from './treeLayout.ts';

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
  readonly points: CountingPoints;
  /** Globals that count; none where calls are followed, since each node of the tree has counters then. */
  readonly counters: number;
  /** Functions that return counters. */
  readonly readers: number;
  /** Mutable i64 globals, V8's fastest memory. */
  readonly firstCounter: number;
  /** i32 globals for the operand and the result of a sized operator. */
  readonly size: number;
  readonly result: number;
  /** Null where calls are not followed. */
  readonly tree: TreePlan | null;
}

/** What following calls adds. */
export interface TreePlan extends FollowedCalls, TreeIndices {
  readonly memoryLayout: TreeLayout;
}

/** @param followed null where only the code is counted, and not who calls whom */
export function planProfile(
  layout: Layout,
  points: CountingPoints,
  followed: (FollowedCalls & Pick<TreePlan, 'memoryLayout'>) | null,
): ProfilePlan {
  const counters = followed === null ? points.at.length + points.sized.length : 0;
  const readers = Math.ceil(counters / countersPerReader);
  const size = layout.globals + counters;
  const current = size + 2;
  return {
    layout,
    points,
    counters,
    readers,
    firstCounter: layout.globals,
    size,
    result: size + 1,
    tree:
      followed === null
        ? null
        : {
            ...followed,
            memory: layout.memories.length,
            current,
            slot: current + 1,
            top: current + 2,
            enter: layout.functions.length,
            grown: layout.functions.length + 1,
            firstBeyond: followed.memoryLayout.firstBeyond,
            firstEntry: followed.memoryLayout.firstEntry,
          },
  };
}
