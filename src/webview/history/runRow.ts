import type { RunSummary } from '../../shared/panelHistory.ts';
import type { PanelContext } from '../component.ts';
import { el, icon, iconButton, setText } from '../dom.ts';

export interface RunRow {
  readonly element: HTMLElement;
  show(run: RunSummary, withProgram: boolean): void;
  setSelected(selected: boolean): void;
}

/** A run in the list: what it was in one button that shows it, and a button for each thing to do with it. */
export function runRow(id: string, { formats, request }: PanelContext, shown: () => string): RunRow {
  const time = el('span', { class: 'time' });
  const sign = el('span', { class: 'sign' });
  const outcome = el('span', { class: 'outcome' });
  const fuel = el('span', { class: 'fuel-used' });
  const what = el('span', { class: 'what quiet' });
  const look = el(
    'button',
    { class: 'look', attributes: { type: 'button' }, onClick: () => request({ type: 'showRun', run: id }) },
    time,
    ' ',
    sign,
    ' ',
    outcome,
    ' ',
    el('span', { class: 'second-line' }, fuel, ' ', what),
  );
  const compare = iconButton('Compare with the Run in Sight', 'diff', () =>
    request({ type: 'compare', run: id, other: shown() }),
  );
  const again = iconButton('Repeat This Run', 'play', () => request({ type: 'repeatRun', run: id }));
  const pin = iconButton('Pin', 'pin', () => request({ type: 'pinRun', run: id }));
  const remove = iconButton('Remove', 'trash', () => request({ type: 'removeRun', run: id }));
  const cells = [look, compare, again, pin, remove].map((button) =>
    el('div', { attributes: { role: 'gridcell' } }, button),
  );
  const element = el('div', { class: 'run-row', attributes: { role: 'row' } }, ...cells);
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Delete') return;
    event.preventDefault();
    remove.click();
  });

  return {
    element,
    show(
      { startedAt, success, headline, fuel: units, fuelAtLeast, fuelModel, program, input, target, pinned },
      withProgram,
    ) {
      setText(time, formats.time(startedAt));
      sign.replaceChildren(icon(success ? 'pass' : 'error'));
      sign.dataset['state'] = success ? 'success' : 'failure';
      setText(outcome, success ? 'Succeeded' : headline);
      setText(fuel, units === null ? '' : `${fuelAtLeast ? 'at least ' : ''}${formats.exact(units)} fuel`);
      setText(what, [...(withProgram ? [program] : []), input].join(' · '));
      look.title = [headline, program, target, input, fuelModel].join('\n');
      const words = pinned ? 'Unpin' : 'Pin';
      pin.replaceChildren(icon(pinned ? 'pinned' : 'pin'));
      pin.title = words;
      pin.setAttribute('aria-label', words);
      pin.setAttribute('aria-pressed', String(pinned));
      element.classList.toggle('pinned', pinned);
    },
    setSelected(selected) {
      element.setAttribute('aria-selected', String(selected));
      compare.disabled = selected;
    },
  };
}
