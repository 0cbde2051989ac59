import { button, el, setText } from '../../dom.ts';

/** A column of numbers or of text, and how it is written. */
export interface Column<Row> {
  readonly title: string;
  readonly tip?: string;
  readonly value: (row: Row) => number | string;
  /** How a number is written; a column without it is of texts. */
  readonly text?: (row: Row) => string;
  /** What stands in the cell in place of the text, which the tip then has whole. */
  readonly draw?: (row: Row) => HTMLElement;
  /** Makes the cell a link. */
  readonly open?: (row: Row) => (() => void) | null;
}

/** What stands below the rows for those that were left out, and brings them. */
export interface RestRow {
  readonly text: string;
  readonly tip: string;
  readonly show: () => void;
}

/** Rows that are shown at first, and with each press of the button below. */
const step = 200;

/** A table that each column sorts: numbers the largest first, texts by the alphabet, and back on a second press. */
export function sortableTable<Row>(
  label: string,
  columns: readonly Column<Row>[],
  sortedBy: number,
  empty = 'Nothing of that name.',
) {
  let rows: readonly Row[] = [];
  let rest: RestRow | null = null;
  let by = sortedBy;
  let reversed = false;
  let shown = step;

  const heads = columns.map(({ title, tip, text }, n) => {
    const sort = el('button', { class: 'sort', attributes: { type: 'button' }, onClick: () => sortBy(n) });
    sort.append(
      el('span', { text: title }),
      el('span', { class: 'codicon', attributes: { 'aria-hidden': 'true' } }),
    );
    if (tip !== undefined) sort.title = tip;
    return el('th', { class: kindOf(text), attributes: { scope: 'col' } }, sort);
  });
  const body = el('tbody');
  const more = button('', null, () => {
    shown += step;
    draw();
  });
  const none = el('p', { class: 'placeholder', text: empty });
  const table = el(
    'table',
    { class: 'costs-table', attributes: { 'aria-label': label } },
    el('thead', {}, el('tr', {}, ...heads)),
    body,
  );
  const element = el(
    'div',
    { class: 'scroller', attributes: { tabindex: '0', role: 'region', 'aria-label': label } },
    table,
    none,
    more,
  );

  function sortBy(column: number): void {
    reversed = column === by && !reversed;
    by = column;
    draw();
  }

  function draw(): void {
    heads.forEach((head, n) => {
      head.setAttribute('aria-sort', n === by ? (isDescending(n) ? 'descending' : 'ascending') : 'none');
      const arrow = n !== by ? '' : isDescending(n) ? 'codicon-arrow-down' : 'codicon-arrow-up';
      head.querySelector('.codicon')!.className = `codicon ${arrow}`;
    });
    const { value } = columns[by]!;
    const sorted = [...rows].sort((a, b) => {
      const [one, other] = [value(a), value(b)];
      const order = typeof one === 'number' ? (other as number) - one : one.localeCompare(other as string);
      return reversed ? -order : order;
    });
    body.replaceChildren(
      ...sorted.slice(0, shown).map((row) => el('tr', {}, ...columns.map((one) => cell(one, row)))),
    );
    if (rest !== null) body.append(restRow(rest, columns.length));
    const left = rows.length - shown;
    more.hidden = left <= 0;
    setText(more.querySelector('span')!, `Show ${Math.min(step, left)} more of ${left}`);
    none.hidden = rows.length > 0;
  }

  function isDescending(column: number): boolean {
    return (columns[column]!.text !== undefined) !== reversed;
  }

  return {
    element,
    set(next: readonly Row[], left: RestRow | null = null): void {
      rows = next;
      rest = left;
      shown = step;
      draw();
    },
  };
}

function kindOf(text: unknown): string {
  return text === undefined ? '' : 'number';
}

function restRow({ text, tip, show }: RestRow, columns: number): HTMLElement {
  const link = el('button', { class: 'link', text, title: tip, onClick: show });
  return el('tr', {}, el('td', { attributes: { colspan: String(columns) } }, link));
}

function cell<Row>({ value, text, draw, open }: Column<Row>, row: Row): HTMLElement {
  const plain = value(row);
  const written = text?.(row) ?? String(plain);
  const action = open?.(row) ?? null;
  const shown = draw?.(row) ?? written;
  const kind = kindOf(text);
  if (action === null) return el('td', { class: kind, title: written }, shown);
  const link = el('button', { class: 'link', onClick: action, attributes: { 'aria-label': written } }, shown);
  return el('td', { class: kind, title: written }, link);
}
