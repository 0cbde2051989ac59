import { eachChild, firstChild, type JsonChild, type JsonValue } from './jsonText.ts';

/** Children above which a container is opened by groups of so many. */
const groupSize = 1000;

/** A line of the tree: a value, or a stretch of a long container's values. */
export type JsonRow = {
  /** 0 for the root. */
  readonly depth: number;
  /** Where it begins in the text. */
  readonly start: number;
  /** Its place among its siblings, from 0, and how many they are. */
  readonly position: number;
  readonly siblings: number;
  readonly expandable: boolean;
  expanded: boolean;
} & (
  | { readonly kind: 'value'; readonly key: string | null; readonly value: JsonValue }
  | {
      readonly kind: 'group';
      readonly container: JsonValue;
      /** The indices of its first child, and after its last. */
      readonly from: number;
      readonly to: number;
    }
);

/** The lines in sight of a JSON text, opened and closed by their position among them. */
export class JsonTree {
  readonly text: string;
  readonly rows: JsonRow[];

  constructor(text: string, root: JsonValue) {
    this.text = text;
    this.rows = [rowOf({ start: root.start, key: null, index: 0, value: root }, 0, 1)];
    this.expand(0);
  }

  /** Puts a row's children below it. */
  expand(at: number): void {
    const row = this.rows[at]!;
    if (!row.expandable || row.expanded) return;
    row.expanded = true;
    const children = this.#childrenOf(row);
    // Spreading more than some ten thousand arguments overflows the stack; groups keep them below.
    this.rows.splice(at + 1, 0, ...children);
  }

  collapse(at: number): void {
    const row = this.rows[at]!;
    if (!row.expanded) return;
    row.expanded = false;
    let end = at + 1;
    while (end < this.rows.length && this.rows[end]!.depth > row.depth) end++;
    this.rows.splice(at + 1, end - at - 1);
  }

  /** The row that holds this one; -1 for the root. */
  parentOf(at: number): number {
    const { depth } = this.rows[at]!;
    let parent = at - 1;
    while (parent >= 0 && this.rows[parent]!.depth >= depth) parent--;
    return parent;
  }

  /** Opens what hides a place of the text, and returns the row that has it. */
  reveal(offset: number): number {
    let at = 0;
    for (;;) {
      this.expand(at);
      const row = this.rows[at]!;
      let next = -1;
      for (let below = at + 1; below < this.rows.length && this.rows[below]!.depth > row.depth; below++) {
        if (this.rows[below]!.depth !== row.depth + 1) continue;
        if (this.rows[below]!.start > offset) break;
        next = below;
      }
      if (next === -1) return at;
      at = next;
      if (!this.rows[at]!.expandable) return at;
      // A key's own place is its row's.
      const { value } = this.rows[at] as { value?: JsonValue };
      if (value && offset < value.start) return at;
    }
  }

  #childrenOf(row: JsonRow): JsonRow[] {
    const depth = row.depth + 1;
    if (row.kind === 'value' && row.value.count > groupSize) return this.#groupsOf(row.value, depth);
    const [container, from, to] =
      row.kind === 'value'
        ? ([row.value, firstChild(row.value), row.value.count] as const)
        : ([row.container, { start: row.start, index: row.from }, row.to] as const);
    const children: JsonRow[] = [];
    if (to === 0) return children;
    eachChild(this.text, container, from, (child) => {
      children.push(rowOf(child, depth, container.count));
      return child.index + 1 < to;
    });
    return children;
  }

  #groupsOf(container: JsonValue, depth: number): JsonRow[] {
    const groups: JsonRow[] = [];
    const siblings = Math.ceil(container.count / groupSize);
    eachChild(this.text, container, firstChild(container), ({ start, index: from }) => {
      if (from % groupSize !== 0) return true;
      const to = Math.min(container.count, from + groupSize);
      const place = { start, depth, position: groups.length, siblings };
      groups.push({ kind: 'group', container, from, to, ...place, expandable: true, expanded: false });
      return true;
    });
    return groups;
  }
}

function rowOf({ start, key, index, value }: JsonChild, depth: number, siblings: number): JsonRow {
  const expandable = value.count > 0;
  return { kind: 'value', start, key, value, depth, position: index, siblings, expandable, expanded: false };
}
