import { formatNear, formatUsd } from '../executor/outcome/price.ts';
import type { PanelMeasures } from '../shared/panelRun.ts';
import type { PanelContext, TabView } from './component.ts';
import { el, setText } from './dom.ts';

/** What the OutLayer worker would answer to the same run, and ask for it, beside plain WASI's view of it. */
export function workerTab({ formats }: PanelContext): TabView {
  const answer = row('The worker would answer');
  const response = row('Response format');
  const warnings = row('Worth knowing');
  const billed = row('Fuel it would bill');
  const price = row('Price');
  const refund = row('Given back');
  const plain = row('Plain WASI');
  const rows = [answer, response, warnings, billed, price, refund, plain];

  function show({ worker, success, exitCode }: PanelMeasures): void {
    answer.set(worker.success ? 'Success' : (worker.message ?? 'Failure'));
    response.set(worker.responseFormat);
    warnings.set(worker.warnings.join(' ') || null);
    billed.set(formats.exact(worker.billedFuel));
    const { yoctoNear, microUsd } = worker.price;
    price.set(`${formatNear(yoctoNear)} on chain, ${formatUsd(microUsd)} over HTTPS`);
    price.element.title = `${yoctoNear} yoctoNEAR. The time of the run, on this machine, is part of it; the initial constants are, unless a setting says otherwise.`;
    refund.set(worker.refundUsd === 0 ? null : formatUsd(worker.refundUsd));
    plain.set(`${success ? 'Success' : 'Failure'}${exitCode === null ? '' : `, exit code ${exitCode}`}`);
  }

  return {
    id: 'worker',
    label: ({ profileKind }) => (profileKind === 'outlayer' ? { text: 'Worker' } : null),
    element: el(
      'div',
      { class: 'worker scroller', attributes: { tabindex: '0', role: 'region', 'aria-label': 'Worker' } },
      el('dl', {}, ...rows.map(({ element }) => element)),
    ),
    update({ outcome }) {
      if (outcome?.measures) {
        show(outcome.measures);
        return;
      }
      for (const each of [answer, response, billed, price, plain]) each.set('–');
      for (const each of [warnings, refund]) each.set(null);
    },
  };
}

/** A name and its value; null hides both. */
function row(name: string) {
  const value = el('dd');
  const element = el('div', {}, el('dt', { text: name }), value);
  return {
    element,
    set: (text: string | null) => {
      element.hidden = text === null;
      setText(value, text ?? '');
    },
  };
}
