import { entry, growthNote, rootEntry } from './callTree.ts';
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

/** A memory that grew. */
export interface Growth {
  /** Among the module's defined functions. */
  readonly function: number;
  /** That the memory had then. */
  readonly pages: number;
  /** Units of the module until then. */
  readonly units: number;
}

/** The growths of an instance's memories so far, in order; one that was refused leaves the pages as they were. */
export function readGrowths({ exports }: WebAssembly.Instance): Growth[] {
  const memory = exports[profileExports.tree] as WebAssembly.Memory | undefined;
  const top = exports[profileExports.treeTop] as WebAssembly.Global<'i32'> | undefined;
  if (memory === undefined || top === undefined) return [];
  const view = new DataView(memory.buffer);
  const growths: Growth[] = [];
  for (let at = rootEntry; at < top.value; at += entry.size) {
    if (view.getInt32(at + entry.function, true) !== growthNote.mark) continue;
    const node = view.getUint32(at + growthNote.node, true);
    growths.push({
      function: view.getUint32(node + entry.function, true) - 1,
      pages: view.getUint32(at + growthNote.pages, true),
      units: Number(view.getBigUint64(at + growthNote.units, true)),
    });
  }
  return growths;
}
