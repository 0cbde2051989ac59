import { el } from '../dom.ts';

/** Rows beyond both edges that are drawn ahead of scrolling. */
const ahead = 8;

export interface VirtualRows {
  /** Scrolls. */
  readonly element: HTMLElement;
  /** Draws everything anew, for another number of rows or other contents. */
  refresh(count: number): void;
  /** Draws one row anew, where it is in sight. */
  redraw(row: number): void;
  /** Scrolls until a row is in sight. */
  reveal(row: number): void;
  /** Rows that fit in. */
  readonly page: number;
  /** The element of a row that is drawn. */
  at(row: number): HTMLElement | undefined;
}

/** A list of rows of one height, of which only those in sight exist. */
export function virtualRows(element: HTMLElement, draw: (row: number) => HTMLElement): VirtualRows {
  const space = el('div', { class: 'space', attributes: { role: 'presentation' } });
  element.classList.add('rows');
  element.append(space);
  const drawn = new Map<number, HTMLElement>();
  let count = 0;
  let height = 0;

  /** A row's height follows the font, which the user sets. */
  function measure(): number {
    return Math.ceil(parseFloat(getComputedStyle(space).fontSize) * 1.6);
  }

  function place(row: number): void {
    const made = draw(row);
    made.style.top = `${row * height}px`;
    made.style.height = `${height}px`;
    const before = drawn.get(row);
    drawn.set(row, made);
    if (before) before.replaceWith(made);
    else {
      // In their order, which is what a screen reader goes by.
      const below = Math.min(...[...drawn.keys()].filter((other) => other > row));
      space.insertBefore(made, drawn.get(below) ?? null);
    }
  }

  function drawVisible(): void {
    if (height === 0) return;
    const first = Math.max(0, Math.floor((element.scrollTop - space.offsetTop) / height) - ahead);
    const last = Math.min(count, Math.ceil((element.scrollTop + element.clientHeight) / height) + ahead);
    for (const [row, made] of drawn) {
      if (row >= first && row < last) continue;
      made.remove();
      drawn.delete(row);
    }
    for (let row = first; row < last; row++) if (!drawn.has(row)) place(row);
  }

  element.addEventListener('scroll', drawVisible, { passive: true });
  new ResizeObserver(drawVisible).observe(element);

  return {
    element,
    refresh(rows) {
      count = rows;
      height = measure();
      space.style.height = `${count * height}px`;
      for (const made of drawn.values()) made.remove();
      drawn.clear();
      drawVisible();
    },
    redraw(row) {
      if (drawn.has(row)) place(row);
    },
    reveal(row) {
      const top = row * height + space.offsetTop;
      const low = element.scrollTop;
      const high = low + element.clientHeight - height;
      if (top < low) element.scrollTop = top;
      else if (top > high) element.scrollTop = top - element.clientHeight + 2 * height;
      drawVisible();
    },
    get page() {
      return Math.max(1, Math.floor(element.clientHeight / height) - 1);
    },
    at: (row) => drawn.get(row),
  };
}
