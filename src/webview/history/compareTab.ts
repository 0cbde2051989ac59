import { shortName } from '../../profile/shortName.ts';
import type { ComparedCost, ComparedRun, RunComparison, TextDifference } from '../../shared/panelHistory.ts';
import type { PanelMeasures } from '../../shared/panelRun.ts';
import type { StreamName } from '../../shared/panelStream.ts';
import type { PanelContext, TabView } from '../component.ts';
import { button, el } from '../dom.ts';
import { placeLabel } from '../placeLabel.ts';

/** Rows of a table of functions or lines: what changed less is rarely what one looks for. */
const shownCosts = 50;

/** What it is called, and its cells. */
type Measure = readonly [name: string, cells: readonly HTMLElement[]];

/** A number of one run, and how it is written. */
interface Amount {
  readonly value: number;
  readonly text: string;
  readonly tip: string;
  readonly isTime?: boolean;
}

/** Two runs side by side: what they cost, what came out of them, and where the difference lies. */
export function compareTab({ formats, request }: PanelContext): TabView {
  const element = el('div', {
    class: 'compare scroller',
    attributes: { tabindex: '0', role: 'region', 'aria-label': 'Compare' },
  });
  let comparison: RunComparison | null = null;

  function draw({ before, after, incomparable, output, stderr, costs }: RunComparison): void {
    const when = [before, after].map(({ summary }) => `${formats.time(summary.startedAt)} ${summary.input}`);
    const known = (measured: PanelMeasures | null) => (measured?.measured === 'lost' ? null : measured);
    const count = (of: (measures: PanelMeasures) => Amount) => {
      const [one, other] = [before, after].map(({ measures }) => known(measures));
      return measureRow(one ? of(one) : null, other ? of(other) : null);
    };
    const size = (bytes: number) => ({ value: bytes, text: formats.bytes(bytes), tip: formats.exact(bytes) });
    const times = (of: (run: ComparedRun) => number | null | undefined) => {
      const time = (ms: number) => ({ value: ms, text: formats.duration(ms), tip: '', isTime: true });
      const [one, other] = [of(before), of(after)];
      return measureRow(one == null ? null : time(one), other == null ? null : time(other));
    };
    const fuel: Measure = [
      'Fuel',
      count(({ fuel: units, measured }) => {
        const tip = formats.exact(units);
        return { value: units, text: measured === 'fuel-at-least' ? `at least ${tip}` : tip, tip };
      }),
    ];
    const rest: readonly Measure[] = [
      ['Memory', count(({ peakMemoryBytes }) => size(peakMemoryBytes))],
      ['Module', count(({ wasmBytes }) => size(wasmBytes))],
      ['Load', times(({ measures }) => known(measures)?.loadMs)],
      ['Run', times(({ measures }) => known(measures)?.runMs)],
      ['Build', times(({ buildMs }) => buildMs)],
    ];
    const note =
      incomparable === null
        ? null
        : el('p', {
            class: 'note',
            text: `The fuel says little about the program’s own change. ${incomparable}.`,
          });
    const measures = (caption: string, of: readonly Measure[]) =>
      table(
        caption,
        ['', ...when, 'Change'],
        of.map(([name, cells]) =>
          el('tr', {}, el('th', { text: name, attributes: { scope: 'row' } }), ...cells),
        ),
      );
    const hint = 'Run both with a profile to see which functions and lines got dearer or cheaper.';
    const outputs = [
      difference('Output', 'output', output, before.summary.id, after.summary.id),
      difference('Stderr', 'stderr', stderr, before.summary.id, after.summary.id),
    ];
    element.replaceChildren(
      ...[note].filter((each) => each !== null),
      // Who profiles both asks where the difference lies: that comes first.
      ...(costs === null
        ? [measures('What they cost', [fuel, ...rest]), ...outputs, el('p', { class: 'quiet', text: hint })]
        : [
            measures('What they cost', [fuel]),
            costTable('Functions', costs.functions, (name) => el('span', { text: shortName(name) })),
            costTable('Lines', costs.lines, placeLabel),
            ...outputs,
            measures('Memory, size and times', rest),
          ]),
    );
  }

  function measureRow(before: Amount | null, after: Amount | null): HTMLElement[] {
    const cell = (measure: Amount | null) =>
      el('td', { text: measure?.text ?? '–', title: measure?.tip ?? '' });
    const change =
      before === null || after === null || before.value === after.value
        ? el('td', { class: 'change' })
        : changeCell(before.value, after.value, before.isTime);
    return [cell(before), cell(after), change];
  }

  /**
   * A sign stands before the number, so that colour isn't alone in saying it. A time has none: it differs from run to
   * run, and is nobody's gain.
   */
  function changeCell(before: number, after: number, isTime = false): HTMLElement {
    const cell = el('td', { class: 'change', text: formats.signedPercent(after, before) });
    if (!isTime) cell.dataset['direction'] = after > before ? 'up' : 'down';
    return cell;
  }

  function difference(
    title: string,
    stream: StreamName,
    text: TextDifference,
    run: string,
    other: string,
  ): HTMLElement {
    const open = button('Open Diff', 'diff', () => request({ type: 'diff', run, other, stream }));
    const head = el(
      'div',
      { class: 'section' },
      el('h2', { text: title }),
      el('span', { class: 'quiet', text: differenceWords(text) }),
      ...(text.kind === 'same' ? [] : [open]),
    );
    if (text.kind !== 'different') return head;
    const lines = text.lines.map(({ kind, text: line }) =>
      kind === 'cut'
        ? el('div', { class: 'line cut-line', text: '⋯' })
        : el(
            'div',
            { class: `line ${kind}` },
            el('span', { class: 'mark', text: { added: '+', removed: '−', same: ' ' }[kind] }),
            line,
          ),
    );
    return el('div', {}, head, el('div', { class: 'diff' }, ...lines));
  }

  function differenceWords(text: TextDifference): string {
    if (text.kind === 'same') return 'The same in both.';
    if (text.kind === 'not-compared') return 'They differ.';
    const lines = (count: number) => `${formats.exact(count)} ${count === 1 ? 'line' : 'lines'}`;
    return `${lines(text.added)} added, ${lines(text.removed)} removed.`;
  }

  function costTable(
    title: string,
    costs: readonly ComparedCost[],
    label: (name: string) => HTMLElement,
  ): HTMLElement {
    if (costs.length === 0)
      return el('p', { class: 'quiet', text: `No change in the fuel of ${title.toLowerCase()}.` });
    const rows = costs
      .slice(0, shownCosts)
      .map(({ name, place, before, after }) =>
        el(
          'tr',
          {},
          el(
            'th',
            { title: [name, place ?? ''].join('\n').trim(), attributes: { scope: 'row' } },
            label(name),
          ),
          el('td', { text: formats.exact(before) }),
          el('td', { text: formats.exact(after) }),
          el('td', { text: formats.signed(after - before) }),
          changeCell(before, after),
        ),
      );
    const rest = costs.length - rows.length;
    const left =
      rest > 0 ? [el('p', { class: 'quiet', text: `${formats.exact(rest)} more changed less.` })] : [];
    return el(
      'div',
      { class: 'costs' },
      table(`${title} that got dearer or cheaper`, [title, 'Before', 'After', 'Units', 'Change'], rows),
      ...left,
    );
  }

  return {
    id: 'compare',
    element,
    update({ id }) {
      if (
        comparison !== null &&
        ![comparison.before, comparison.after].some(({ summary }) => summary.id === id)
      )
        comparison = null;
    },
    receive(update) {
      if (update.type !== 'comparison') return;
      comparison = update.comparison;
      draw(comparison);
      element.scrollTop = 0;
    },
    label: () => (comparison === null ? null : { text: 'Compare' }),
  };
}

function table(caption: string, heads: readonly string[], rows: readonly HTMLElement[]): HTMLElement {
  const head = heads.map((text) =>
    text === '' ? el('td') : el('th', { text, attributes: { scope: 'col' } }),
  );
  return el(
    'table',
    {},
    el('caption', { text: caption }),
    el('thead', {}, el('tr', {}, ...head)),
    el('tbody', {}, ...rows),
  );
}
