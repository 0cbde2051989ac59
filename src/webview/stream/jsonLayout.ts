import { el } from '../dom.ts';
import type { Formats } from '../format.ts';
import { JsonTree, type JsonRow } from './jsonTree.ts';
import type { JsonValue } from './jsonText.ts';
import { mostMatches, noMatches, positionsIn, type Layout } from './layout.ts';
import { markedText } from './markedText.ts';
import { virtualRows } from './virtualRows.ts';

/** UTF-16 units of a value that are drawn; its row shows the start, and copying has the whole. */
const drawnUnits = 2000;

export interface JsonLayout extends Layout {
  show(text: string, root: JsonValue): void;
}

/**
 * JSON as a tree after the ARIA pattern: arrows walk, open and close, Home and End jump. The focus stays with the
 * tree, which names the row that is meant, as rows come and go while it scrolls.
 */
export function jsonLayout(id: string, title: string, { exact }: Formats): JsonLayout {
  const element = el('div', {
    class: 'json',
    attributes: { tabindex: '0', role: 'tree', 'aria-label': title },
  });
  const list = virtualRows(element, draw);
  let tree: JsonTree | undefined;
  let active = 0;
  let pattern: RegExp | null = null;

  function draw(at: number): HTMLElement {
    const row = tree!.rows[at]!;
    const attributes: Record<string, string> = {
      role: 'treeitem',
      id: `${id}-${at}`,
      'aria-level': String(row.depth + 1),
      'aria-posinset': String(row.position + 1),
      'aria-setsize': String(row.siblings),
      'aria-selected': String(at === active),
      ...(row.expandable ? { 'aria-expanded': String(row.expanded) } : {}),
    };
    const made = el('div', { class: 'row', attributes }, twistie(row), ...contents(row));
    made.style.setProperty('--depth', String(row.depth));
    made.addEventListener('click', () => {
      if (row.expandable && getSelection()?.isCollapsed !== false) toggle(at);
      else activate(at);
    });
    return made;
  }

  function contents(row: JsonRow): (HTMLElement | string)[] {
    if (row.kind === 'group')
      return [el('span', { class: 'quiet', text: `${exact(row.from)} … ${exact(row.to - 1)}` })];
    const { key, value } = row;
    const name = key === null ? [] : [el('span', { class: 'key' }, ...markedText(key, pattern)), ': '];
    if (value.kind === 'object' || value.kind === 'array') {
      const [open, close] = value.kind === 'object' ? ['{', '}'] : ['[', ']'];
      const count = `${exact(value.count)} ${value.count === 1 ? 'item' : 'items'}`;
      if (value.count === 0) return [...name, `${open}${close}`];
      const inner = el('span', { class: 'quiet', text: row.expanded ? ` ${count}` : ` ${count} ` });
      return row.expanded ? [...name, open, inner] : [...name, open, inner, close];
    }
    const text = tree!.text.slice(value.start, Math.min(value.end, value.start + drawnUnits));
    return [...name, el('span', { class: `value ${value.kind}` }, ...markedText(text, pattern))];
  }

  function refresh(): void {
    list.refresh(tree?.rows.length ?? 0);
    activate(active);
  }

  function activate(at: number): void {
    if (tree === undefined) return;
    const before = active;
    active = Math.max(0, Math.min(tree.rows.length - 1, at));
    list.reveal(active);
    list.redraw(before);
    list.redraw(active);
    element.setAttribute('aria-activedescendant', `${id}-${active}`);
  }

  function toggle(at: number): void {
    active = at;
    if (tree!.rows[at]!.expanded) tree!.collapse(at);
    else tree!.expand(at);
    refresh();
  }

  element.addEventListener('keydown', (event) => {
    if (tree === undefined || event.altKey) return;
    const row = tree.rows[active]!;
    if (event.key === 'c' && (event.ctrlKey || event.metaKey) && getSelection()?.isCollapsed !== false) {
      if (row.kind === 'value')
        void navigator.clipboard.writeText(tree.text.slice(row.value.start, row.value.end));
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    const moves: Record<string, () => void> = {
      ArrowDown: () => activate(active + 1),
      ArrowUp: () => activate(active - 1),
      PageDown: () => activate(active + list.page),
      PageUp: () => activate(active - list.page),
      Home: () => activate(0),
      End: () => activate(tree!.rows.length - 1),
      ArrowRight: () =>
        row.expandable && !row.expanded ? toggle(active) : row.expanded && activate(active + 1),
      ArrowLeft: () => (row.expanded ? toggle(active) : activate(Math.max(0, tree!.parentOf(active)))),
      Enter: () => row.expandable && toggle(active),
      ' ': () => row.expandable && toggle(active),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  });

  return {
    element,
    show(text, root) {
      tree = new JsonTree(text, root);
      active = 0;
      element.scrollTop = 0;
      refresh();
    },
    find({ text: wanted }) {
      if (tree === undefined) return noMatches;
      pattern = wanted;
      refresh();
      const shown = tree;
      const found = positionsIn(shown.text, wanted);
      return {
        count: found.length,
        more: found.length === mostMatches,
        go(match) {
          active = shown.reveal(found[match]!.start);
          refresh();
        },
      };
    },
    clearFind() {
      pattern = null;
      refresh();
    },
  };
}

function twistie({ expandable, expanded }: JsonRow): HTMLElement {
  const glyph = expandable ? `codicon codicon-chevron-${expanded ? 'down' : 'right'}` : '';
  return el('span', { class: `twistie ${glyph}`, attributes: { 'aria-hidden': 'true' } });
}
