import type { RunSummary } from '../../shared/panelHistory.ts';
import type { PanelContext } from '../component.ts';
import { el, icon, iconButton, setText } from '../dom.ts';
import { gridFocus } from './gridFocus.ts';
import { runRow, type RunRow } from './runRow.ts';

export interface RunsList {
  readonly element: HTMLElement;
  show(runs: readonly RunSummary[]): void;
  /** Which run is in sight. */
  select(run: string): void;
}

/** The last runs, at the foot of the panel: to look back at, to compare with the one in sight, to run again. */
export function runsList(context: PanelContext, open: boolean, toggled: (open: boolean) => void): RunsList {
  const rows = new Map<string, RunRow>();
  let selected = '';
  const count = el('span', { class: 'count', text: '0' });
  const chevron = icon('chevron-down');
  const title = el(
    'button',
    {
      class: 'fold',
      attributes: { type: 'button', 'aria-controls': 'runs' },
      onClick: () => setOpen(body.hidden !== false),
    },
    chevron,
    el('span', { text: 'Runs' }),
    ' ',
    count,
  );
  const clear = iconButton('Remove All Runs but Pinned Ones', 'clear-all', () =>
    context.request({ type: 'command', command: 'clearRuns' }),
  );
  const grid = el('div', { class: 'grid', attributes: { role: 'grid', 'aria-label': 'Runs' } });
  const empty = el('p', { class: 'placeholder', text: 'Runs are listed here once they have ended.' });
  const body = el('div', { class: 'runs-body', attributes: { id: 'runs' } }, empty, grid);
  const focus = gridFocus(grid);

  function setOpen(now: boolean): void {
    body.hidden = !now;
    title.setAttribute('aria-expanded', String(now));
    chevron.className = `codicon codicon-chevron-${now ? 'down' : 'right'}`;
    toggled(now);
  }
  setOpen(open);

  function mark(): void {
    for (const [id, row] of rows) row.setSelected(id === selected);
  }

  return {
    element: el(
      'section',
      { class: 'runs', attributes: { 'aria-label': 'Last runs' } },
      el('div', { class: 'runs-title' }, title, clear),
      body,
    ),
    show(runs) {
      focus.keep(() => {
        const programs = new Set(runs.map(({ program }) => program)).size;
        for (const [id, row] of rows) {
          if (runs.some((run) => run.id === id)) continue;
          row.element.remove();
          rows.delete(id);
        }
        runs.forEach((run, position) => {
          const row = rows.get(run.id) ?? runRow(run.id, context, () => selected);
          rows.set(run.id, row);
          row.show(run, programs > 1);
          const there = grid.children[position] ?? null;
          if (there !== row.element) grid.insertBefore(row.element, there);
        });
      });
      setText(count, context.formats.exact(runs.length));
      empty.hidden = runs.length > 0;
      grid.hidden = runs.length === 0;
      clear.disabled = runs.every(({ pinned }) => pinned);
      mark();
    },
    select(run) {
      selected = run;
      mark();
    },
  };
}
