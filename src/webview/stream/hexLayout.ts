import { el } from '../dom.ts';
import { hexRow } from './hexRow.ts';
import { mostMatches, noMatches, type Layout } from './layout.ts';
import { virtualRows } from './virtualRows.ts';

/** Width in characters from which sixteen bytes fit into a row. */
const wide = 78;

export interface HexLayout extends Layout {
  show(bytes: Uint8Array): void;
}

/** Bytes as offset, hex and text. */
export function hexLayout(title: string): HexLayout {
  const element = el('div', {
    class: 'hex',
    attributes: { tabindex: '0', role: 'region', 'aria-label': `${title} in hex` },
  });
  const list = virtualRows(element, draw);
  let bytes: Uint8Array = new Uint8Array();
  let perRow = 16;
  let found: readonly number[] = [];
  let length = 0;

  function draw(row: number): HTMLElement {
    const { offset, cells, text } = hexRow(bytes, row * perRow, perRow);
    const isFound = (at: number) => found.some((start) => at >= start && at < start + length);
    const pairs = cells.flatMap((pair, index) => {
      const gap = index === 0 ? '' : index === 8 ? '  ' : ' ';
      return [gap, isFound(row * perRow + index) ? el('mark', { text: pair }) : pair];
    });
    const missing = ' '.repeat((perRow - cells.length) * 3 + (perRow === 16 && cells.length <= 8 ? 1 : 0));
    return el(
      'div',
      { class: 'row' },
      el('span', { class: 'quiet', text: `${offset}  ` }),
      el('span', {}, ...pairs, missing),
      el('span', { class: 'value string', text: `  ${text}` }),
    );
  }

  function fit(): void {
    const characters = element.clientWidth / (parseFloat(getComputedStyle(element).fontSize) * 0.61);
    const now = characters >= wide ? 16 : 8;
    if (now === perRow) return;
    perRow = now;
    refresh();
  }

  function refresh(): void {
    list.refresh(Math.ceil(bytes.length / perRow));
  }

  new ResizeObserver(fit).observe(element);

  return {
    element,
    show(next) {
      bytes = next;
      element.scrollTop = 0;
      refresh();
    },
    find({ bytes: wanted }) {
      found = positionsOf(bytes, wanted);
      length = wanted.length;
      refresh();
      if (found.length === 0) return noMatches;
      const go = (match: number) => list.reveal(Math.floor(found[match]! / perRow));
      return { count: found.length, more: found.length === mostMatches, go };
    },
    clearFind() {
      found = [];
      refresh();
    },
  };
}

function positionsOf(bytes: Uint8Array, wanted: Uint8Array): number[] {
  const found: number[] = [];
  if (wanted.length === 0) return found;
  let at = bytes.indexOf(wanted[0]!);
  while (at !== -1 && found.length < mostMatches) {
    const matches = wanted.every((byte, index) => bytes[at + index] === byte);
    if (matches) found.push(at);
    at = bytes.indexOf(wanted[0]!, at + (matches ? wanted.length : 1));
  }
  return found;
}
