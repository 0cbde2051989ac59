import type { PanelContext, TabView } from './component.ts';
import { el, setText } from './dom.ts';

/** What the OutLayer worker would answer to the same run, beside plain WASI's view of it. */
export function workerTab({ formats }: PanelContext): TabView {
  const answer = row('The worker would answer');
  const billed = row('Fuel it would bill');
  const plain = row('Plain WASI');
  return {
    id: 'worker',
    label: ({ profileKind }) => (profileKind === 'outlayer' ? { text: 'Worker' } : null),
    element: el(
      'div',
      { class: 'worker scroller' },
      el('dl', {}, answer.element, billed.element, plain.element),
    ),
    update({ outcome }) {
      const measures = outcome?.measures;
      if (!measures) {
        for (const { set } of [answer, billed, plain]) set('–');
        return;
      }
      const { worker, success, exitCode } = measures;
      answer.set(worker.success ? 'Success' : (worker.message ?? 'Failure'));
      billed.set(formats.exact(worker.billedFuel));
      plain.set(`${success ? 'Success' : 'Failure'}${exitCode === null ? '' : `, exit code ${exitCode}`}`);
    },
  };
}

function row(name: string) {
  const value = el('dd');
  return {
    element: el('div', {}, el('dt', { text: name }), value),
    set: (text: string) => setText(value, text),
  };
}
