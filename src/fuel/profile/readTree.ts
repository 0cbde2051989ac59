import { entry, goesBeyond, growthNote, rootEntry } from './callTree.ts';
import { profileExports } from './profilePlan.ts';
import type { TreeLayout } from './treeLayout.ts';

/** A function in one context, and what it cost there. */
export interface CallNode {
  /** Among the module's defined functions; -1 for the root, -2 for what calls beyond the tree's memory stand beneath. */
  readonly function: number;
  /** Position of the caller among the nodes, which stands before; -1 for the root. */
  readonly parent: number;
  /** Slot of the caller that it is called through; 0 where there is no caller. */
  readonly slot: number;
  /** How often the function's points were passed, then the units of its sized operators; empty without a function. */
  readonly counts: Float64Array;
  /** Units of its own. */
  readonly self: number;
  /** Recursive ones included, which go on in the node they come from. */
  readonly calls: number;
  /** Whether the instance is in this node: after its run, where a trap or a stop ended it. */
  readonly running: boolean;
}

/** The function of what stands for the callers of the calls that the tree has no room for. */
export const beyondTheTree = -2;

const none = new Float64Array();

/** The call tree of an instance so far, callers before callees. */
export function readTree(instance: WebAssembly.Instance, layout: TreeLayout): CallNode[] {
  const tree = treeOf(instance);
  if (tree === null) return [];
  const { words, current } = tree;
  const without = { parent: -1, slot: 0, counts: none, self: 0, calls: 0 };
  const nodes: CallNode[] = [{ ...without, function: -1, running: current === rootEntry }];
  const positions = new Map<number, number>([[rootEntry, 0]]);
  const add = (at: number) => {
    const index = words[(at + entry.function) / 4]! - 1;
    const { counters, weights } = layout.functions[index]!;
    const counts = countsAt(words, at + entry.size, counters);
    const above = words[(at + entry.parent) / 4]!;
    const parent = positions.get(above) ?? 0;
    const caller = nodes[parent]!.function;
    const slot = words[(at + entry.slot) / 4]! - above - (layout.functions[caller]?.slots ?? 0);
    positions.set(at, nodes.length);
    nodes.push({
      function: index,
      parent,
      slot: caller < 0 ? 0 : slot / 4,
      counts,
      self: counts.reduce((sum, count, n) => sum + count * (weights[n] ?? 1), 0),
      calls: counts[0] ?? 0,
      running: at === current,
    });
  };
  if (words[goesBeyond / 4] !== 0) {
    positions.set(0, nodes.length);
    nodes.push({ ...without, function: beyondTheTree, parent: 0, running: false });
    for (const { beyond, counters } of layout.functions)
      if (countsAt(words, beyond + entry.size, counters).some((count) => count > 0)) add(beyond);
  }
  eachEntry(tree, layout, (at, isNode) => {
    if (isNode) add(at);
  });
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
export function readGrowths(instance: WebAssembly.Instance, layout: TreeLayout): Growth[] {
  const tree = treeOf(instance);
  if (tree === null) return [];
  const { words } = tree;
  const growths: Growth[] = [];
  eachEntry(tree, layout, (at, isNode) => {
    if (isNode || words[at / 4] !== growthNote.mark >>> 0) return;
    growths.push({
      function: words[(words[(at + growthNote.node) / 4]! + entry.function) / 4]! - 1,
      pages: words[(at + growthNote.pages) / 4]!,
      units: countsAt(words, at + growthNote.units, 1)[0]!,
    });
  });
  return growths;
}

interface Tree {
  readonly words: Uint32Array;
  readonly current: number;
  readonly top: number;
}

function treeOf({ exports }: WebAssembly.Instance): Tree | null {
  const memory = exports[profileExports.tree] as WebAssembly.Memory | undefined;
  if (memory === undefined) return null;
  const valueOf = (name: string) => (exports[name] as WebAssembly.Global<'i32'>).value;
  return {
    words: new Uint32Array(memory.buffer),
    current: valueOf(profileExports.treeCurrent),
    top: valueOf(profileExports.treeTop),
  };
}

/** Goes through what was made at run time, in order. */
function eachEntry(
  { words, top }: Tree,
  { functions, firstEntry }: TreeLayout,
  onEntry: (at: number, isNode: boolean) => void,
): void {
  let at = firstEntry;
  while (at < top) {
    const called = words[(at + entry.function) / 4]!;
    const isNote = called === growthNote.mark >>> 0;
    const isNode = !isNote && words[(at + entry.node) / 4] === at;
    onEntry(at, isNode);
    at += isNote ? growthNote.size : isNode ? functions[called - 1]!.size : entry.size;
  }
}

/** Reads numbers of 64 bits, exact up to 2^53. */
function countsAt(words: Uint32Array, at: number, length: number): Float64Array {
  const counts = new Float64Array(length);
  for (let n = 0, word = at / 4; n < length; n++, word += 2)
    counts[n] = words[word]! + words[word + 1]! * 2 ** 32;
  return counts;
}
