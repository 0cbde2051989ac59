import type { PanelRun } from '../shared/panelRun.ts';
import type { Component, PanelContext } from './component.ts';
import { el, setText } from './dom.ts';

/** Share of a limit from which the bar warns. */
const warningShare = 0.8;

/** Fuel against its limit, with the model it is counted by and what became of it since the last run. */
export function fuelMeter({ formats, request }: PanelContext): Component {
  const bound = el('span', { class: 'bound', text: 'at least' });
  const used = el('span', { class: 'used' });
  const limit = el('span', { class: 'limit' });
  const share = el('span', { class: 'share' });
  const fill = el('div', { class: 'fill' });
  const attributes = { role: 'meter', 'aria-label': 'Fuel used of its limit', 'aria-valuemin': '0' };
  const meter = el('div', { class: 'meter', attributes }, fill);
  const warning = el('span', { class: 'warning' });
  const model = el('span', { class: 'model' });
  const change = el('button', { class: 'link', attributes: { type: 'button' }, onClick: () => compare() });
  const noChange = el('span', { class: 'quiet' });
  const price = el('span', { class: 'quiet' });
  let shown: PanelRun | undefined;

  function compare(): void {
    if (shown?.change?.kind === 'changed')
      request({ type: 'compare', run: shown.change.since, other: shown.id });
  }

  function showChange(run: PanelRun, units: number | null): void {
    const { change: since } = run;
    const changed = since?.kind === 'changed' && units !== null;
    change.hidden = !changed;
    noChange.hidden = changed;
    if (changed) {
      setText(change, `${formats.signedPercent(units, since.before)} since last run`);
      const difference = formats.signed(units - since.before);
      change.title = `${formats.exact(since.before)} before, now ${difference}. Compare the two runs.`;
    } else setText(noChange, (noChange.title = wordsOf(run)));
  }

  return {
    element: el(
      'div',
      { class: 'fuel' },
      el('p', { class: 'numbers' }, el('span', { class: 'label', text: 'Fuel' }), bound, used, limit),
      el('div', { class: 'bar' }, meter, share),
      el('p', { class: 'beside-fuel' }, warning, model, change, noChange, price),
    ),
    update(run) {
      shown = run;
      const { limits, fuelModel, outcome } = run;
      const measured = outcome?.measures?.measured;
      const soFar = run.phase.kind === 'running' ? run.phase.fuel : null;
      const units = measured === 'lost' ? null : (outcome?.measures?.fuel ?? soFar);
      const part = units === null ? 0 : units / limits.maxInstructions;
      bound.hidden = measured !== 'fuel-at-least';
      setText(used, units === null ? (measured === 'lost' ? 'unknown' : '–') : formats.exact(units));
      setText(limit, ` of ${formats.exact(limits.maxInstructions)}`);
      const level =
        outcome?.error?.code === 'out-of-fuel' || part > 1
          ? 'over'
          : part >= warningShare
            ? 'high'
            : 'normal';
      setText(share, units === null ? '' : formats.percent(part));
      setText(
        warning,
        level === 'over' ? `Stopped at the limit${placeOf(run)}` : level === 'high' ? 'Near the limit' : '',
      );
      setText(model, fuelModel);
      model.title = `${fuelModel}, the fuel model: whose price list the units are of`;
      fill.style.width = `${Math.min(1, part) * 100}%`;
      meter.dataset['level'] = level;
      meter.setAttribute('aria-valuemax', String(limits.maxInstructions));
      meter.setAttribute('aria-valuenow', String(Math.min(units ?? 0, limits.maxInstructions)));
      const least = bound.hidden ? '' : 'at least ';
      meter.setAttribute('aria-valuetext', units === null ? 'not known' : `${least}${share.textContent}`);
      showChange(run, units);
      setText(price, outcome?.price ? `≈ ${outcome.price.near}` : '');
      price.title = outcome?.price
        ? `The worker would ask ${outcome.price.near} on chain, ${outcome.price.usd} over HTTPS.`
        : '';
    },
  };
}

function wordsOf({ change, phase }: PanelRun): string {
  if (phase.kind === 'running') return phase.fuel === null ? 'known once it writes' : 'when it last wrote';
  if (change?.kind === 'first') return 'First run';
  return change?.kind === 'incomparable' ? change.reason : '';
}

/** Where in the program the fuel ran out, such as ` in parse_orders (main.rs:41)`. */
function placeOf({ outcome }: PanelRun): string {
  const frame = outcome?.error?.backtrace.find(({ file }) => file !== null) ?? outcome?.error?.backtrace[0];
  if (frame === undefined) return '';
  const { file, line } = frame;
  const place = file === null ? '' : ` (${file.split(/[\\/]/).at(-1)}${line === null ? '' : `:${line}`})`;
  return ` in ${frame.function}${place}`;
}
