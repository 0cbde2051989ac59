import type { PanelCallTree } from '../../shared/panelProfile.ts';

/** What the width of a frame says. */
export type Weight = 'fuel' | 'calls';

/** A frame to draw, in pixels; rows count from the outermost. */
export interface PlacedFrame {
  readonly node: number;
  readonly row: number;
  readonly left: number;
  readonly width: number;
  /** Whether it stands above what was zoomed to, which it is wider than. */
  readonly above: boolean;
}

/** Frames that a browser lays out without a stutter; beyond them the narrowest rows are left out. */
const mostFrames = 4000;

/** Frames narrower than this, in pixels, are left out with all below them. */
const narrowest = 2;

/**
 * The call tree of a profile with what each node costs in all, made to answer where its frames stand. Outermost nodes
 * can be folded into one, which then stands for all of them.
 */
export class CallLayout {
  readonly tree: PanelCallTree;
  /** By node: the nearest caller that is drawn; -1 for the outermost. */
  readonly parents: readonly number[];
  /** By node: of itself and all below it. */
  readonly totals: Float64Array;
  readonly all: number;
  readonly #children: number[][];
  readonly #roots: number[] = [];
  readonly #folds: ReadonlyMap<number, readonly number[]>;

  /** @param folds whether a node is folded with its callers, where all of these are */
  constructor(tree: PanelCallTree, weight: Weight, folds: (node: number) => boolean = () => false) {
    this.tree = tree;
    this.#folds = foldsOf(tree, folds);
    const outermost = new Map(
      [...this.#folds].flatMap(([first, nodes]) => nodes.map((node) => [node, first])),
    );
    this.parents = tree.parents.map((parent) => outermost.get(parent) ?? parent);
    this.totals = Float64Array.from(weight === 'fuel' ? tree.self : tree.calls);
    this.#children = tree.parents.map(() => []);
    // Callers stand before what they call.
    for (let node = tree.parents.length - 1; node >= 0; node--) {
      const above = tree.parents[node]!;
      if (above >= 0) this.totals[above]! += this.totals[node]!;
      if ((outermost.get(node) ?? node) === node)
        (this.#children[this.parents[node]!] ?? this.#roots).push(node);
    }
    const heaviestFirst = (a: number, b: number) => this.totals[b]! - this.totals[a]!;
    for (const list of this.#children) if (list.length > 1) list.sort(heaviestFirst);
    this.#roots.sort(heaviestFirst);
    this.all = this.#roots.reduce((sum, node) => sum + this.totals[node]!, 0);
  }

  /** What a node calls, the heaviest first; -1 for the outermost. */
  children(node: number): readonly number[] {
    return this.#children[node] ?? this.#roots;
  }

  /** The nodes that one stands for, callers first; itself alone where it is no fold. */
  folded(node: number): readonly number[] {
    return this.#folds.get(node) ?? [node];
  }

  /** What a node cost by itself. */
  self(node: number): number {
    return this.folded(node).reduce((sum, each) => sum + this.tree.self[each]!, 0);
  }

  get hasFolds(): boolean {
    return this.#folds.size > 0;
  }

  /** The node itself, then its callers. */
  callers(node: number): number[] {
    const chain: number[] = [];
    for (let at = node; at >= 0; at = this.parents[at]!) chain.push(at);
    return chain;
  }

  /**
   * The frames that can be seen, row by row.
   *
   * @param zoomed the node that takes the whole width; -1 for all of them
   * @param width pixels
   */
  place(zoomed: number, width: number): PlacedFrame[] {
    const above = zoomed < 0 ? [] : this.callers(zoomed).slice(1).reverse();
    const placed: PlacedFrame[] = above.map((node, row) => ({ node, row, left: 0, width, above: true }));
    const whole = zoomed < 0 ? this.all : this.totals[zoomed]!;
    if (whole === 0) return placed;
    const scale = width / whole;
    let row = above.length;
    let current: { node: number; left: number }[] = [];
    const add = (nodes: readonly number[], start: number, to: { node: number; left: number }[]) => {
      let left = start;
      for (const node of nodes) {
        const own = this.totals[node]! * scale;
        // Lighter ones follow.
        if (own < narrowest) break;
        to.push({ node, left });
        left += own;
      }
    };
    add(zoomed < 0 ? this.#roots : [zoomed], 0, current);
    while (current.length > 0 && placed.length + current.length <= mostFrames) {
      const below: { node: number; left: number }[] = [];
      for (const { node, left } of current) {
        placed.push({ node, row, left, width: this.totals[node]! * scale, above: false });
        add(this.#children[node]!, left, below);
      }
      current = below;
      row += 1;
    }
    return placed;
  }
}

/** Nodes that are folded, by the first of each fold. One alone stays as it is, as do folds with nothing below. */
function foldsOf(
  { parents }: PanelCallTree,
  folds: (node: number) => boolean,
): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  const firsts: number[] = [];
  const leadOn = new Set<number>();
  for (const [node, parent] of parents.entries()) {
    const first = parent < 0 ? node : (firsts[parent] ?? -1);
    firsts[node] = first >= 0 && folds(node) ? first : -1;
    if (firsts[node] >= 0) found.set(first, [...(found.get(first) ?? []), node]);
    else if (first >= 0) leadOn.add(first);
  }
  return new Map([...found].filter(([first, nodes]) => nodes.length > 1 && leadOn.has(first)));
}
