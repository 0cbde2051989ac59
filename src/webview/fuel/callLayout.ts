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

/** The call tree of a profile with what each node costs in all, made to answer where its frames stand. */
export class CallLayout {
  readonly tree: PanelCallTree;
  /** By node: of itself and all below it. */
  readonly totals: Float64Array;
  readonly all: number;
  readonly #children: number[][];
  readonly #roots: number[] = [];

  constructor(tree: PanelCallTree, weight: Weight) {
    this.tree = tree;
    const { parents } = tree;
    this.totals = Float64Array.from(weight === 'fuel' ? tree.self : tree.calls);
    this.#children = parents.map(() => []);
    // Callers stand before what they call.
    for (let node = parents.length - 1; node >= 0; node--) {
      const parent = parents[node]!;
      if (parent >= 0) this.totals[parent]! += this.totals[node]!;
      (this.#children[parent] ?? this.#roots).push(node);
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

  /** The node itself, then its callers. */
  callers(node: number): number[] {
    const chain: number[] = [];
    for (let at = node; at >= 0; at = this.tree.parents[at]!) chain.push(at);
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
