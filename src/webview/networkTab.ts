import type { AttemptSource, NetworkAttempt } from '../shared/network.ts';
import type { PanelContext, TabView } from './component.ts';
import { el, icon, setText } from './dom.ts';

const columns = ['Method', 'Host', 'Status', 'Bytes', 'Time', 'Outcome'];

/** Where an answer came from, in a word. */
const sources: Readonly<Record<AttemptSource, string>> = {
  network: 'Answered',
  cassette: 'Replayed',
  mock: 'Mocked',
  none: 'Unanswered',
};

/** Every request that the program made or tried to: where it went, what came of it, and why not. */
export function networkTab({ formats }: PanelContext): TabView {
  const rows = el('tbody');
  const more = el('p', { class: 'placeholder' });
  const headings = columns.map((text) => el('th', { text, attributes: { scope: 'col' } }));
  const table = el(
    'table',
    {},
    el('caption', { text: 'Requests in the order in which they were made' }),
    el('thead', {}, el('tr', {}, ...headings)),
    rows,
  );
  let shown: readonly NetworkAttempt[] | undefined;

  function row(attempt: NetworkAttempt): HTMLElement {
    const { method, host, status, bytes, ms } = attempt;
    const answered = status !== null;
    return el(
      'tr',
      {},
      el('td', { text: method }),
      el('th', { class: 'host', text: host, attributes: { scope: 'row' } }),
      el('td', { text: answered ? String(status) : '–' }),
      el('td', { class: 'number', text: answered ? formats.bytes(bytes) : '–' }),
      el('td', { class: 'number', text: answered || ms > 0 ? formats.duration(ms) : '–' }),
      el('td', { class: 'outcome' }, ...outcome(attempt)),
    );
  }

  return {
    id: 'network',
    label: ({ outcome }) =>
      outcome?.network === undefined
        ? null
        : { text: 'Network', count: formats.exact(outcome.network.attempts.length + outcome.network.left) },
    element: el(
      'div',
      { class: 'network scroller', attributes: { tabindex: '0', role: 'region', 'aria-label': 'Network' } },
      table,
      more,
    ),
    update({ outcome: ended }) {
      const { attempts, left } = ended?.network ?? { attempts: [], left: 0 };
      setText(more, left === 0 ? '' : `… and ${formats.exact(left)} more`);
      if (attempts === shown) return;
      shown = attempts;
      rows.replaceChildren(...attempts.map(row));
    },
  };
}

function outcome({ allowed, reason, source }: NetworkAttempt): (HTMLElement | string)[] {
  if (reason === null) return [icon('check'), ` ${sources[source]}`];
  if (!allowed) return [icon('circle-slash'), ` Refused: ${reason}`];
  const from = source === 'cassette' || source === 'mock' ? ` (${sources[source].toLowerCase()})` : '';
  return [icon('error'), ` Failed${from}: ${reason}`];
}
