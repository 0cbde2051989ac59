import { entry, rootEntry } from './callTree.ts';
import { profileExports } from './profilePlan.ts';

/** A function in one context, and what it cost there. */
export interface CallNode {
  /** Among the module's defined functions; -1 for the root. */
  readonly function: number;
  /** Position of the caller among the nodes, which stands before; -1 for the root. */
  readonly parent: number;
  /** Units of its own. */
  readonly self: number;
  /** Recursive ones included, which go on in the node they come from. */
  readonly calls: number;
  /** Whether the instance is in this node: after its run, where a trap or a stop ended it. */
  readonly running: boolean;
}

/** The call tree of an instance so far, callers before callees. */
export function readTree({ exports }: WebAssembly.Instance): CallNode[] {
  const memory = exports[profileExports.tree] as WebAssembly.Memory | undefined;
  const top = exports[profileExports.treeTop] as WebAssembly.Global<'i32'> | undefined;
  if (memory === undefined || top === undefined) return [];
  const current = (exports[profileExports.treeCurrent] as WebAssembly.Global<'i32'>).value;
  const view = new DataView(memory.buffer);
  const positions = new Map<number, number>([[rootEntry, 0]]);
  const nodes: CallNode[] = [{ function: -1, parent: -1, self: 0, calls: 0, running: current === rootEntry }];
  for (let at = rootEntry + entry.size; at < top.value; at += entry.size) {
    if (view.getUint32(at + entry.node, true) !== at) continue;
    positions.set(at, nodes.length);
    nodes.push({
      function: view.getUint32(at + entry.function, true) - 1,
      parent: positions.get(view.getUint32(at + entry.parent, true)) ?? 0,
      self: Number(view.getBigUint64(at + entry.self, true)),
      calls: Number(view.getBigUint64(at + entry.calls, true)),
      running: at === current,
    });
  }
  return nodes;
}
