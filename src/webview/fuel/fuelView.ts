import type { PanelProfile } from '../../shared/panelProfile.ts';
import type { PanelUpdate } from '../../shared/panelMessages.ts';
import type { PanelContext } from '../component.ts';
import { button, el, setText } from '../dom.ts';
import type { FuelPart } from './fuelPart.ts';
import { flameGraph } from './flameGraph.ts';
import { originBar } from './origins.ts';
import { crateTable } from './tables/crateTable.ts';
import { functionTable } from './tables/functionTable.ts';
import { hostTable } from './tables/hostTable.ts';
import { lineTable } from './tables/lineTable.ts';
import { memoryTable } from './tables/memoryTable.ts';
import { wholeOf } from './wholeOf.ts';
import { workerBuild } from './workerBuild.ts';

export interface FuelView {
  readonly element: HTMLElement;
  /** @param forWorker whether it is of interest what the OutLayer worker would ask */
  show(profile: PanelProfile, forWorker: boolean): void;
  receive(update: PanelUpdate): void;
  /** Called when it comes into sight. */
  shown(): void;
}

type Name = 'Flame' | 'Functions' | 'Lines' | 'Crates' | 'Host' | 'Memory';

/** Where the fuel of a run went: as a flame graph and as tables, which one search goes through. */
export function fuelView(context: PanelContext): FuelView {
  const { formats, request, kept, keep } = context;
  const parts: Record<Name, FuelPart> = {
    Flame: flameGraph(context),
    Functions: functionTable(context, () => setOnlyYours(false)),
    Lines: lineTable(context, () => setOnlyYours(false)),
    Crates: crateTable(context),
    Host: hostTable(context),
    Memory: memoryTable(context),
  };
  let profile: PanelProfile | undefined;
  let selected: Name = 'Flame';

  const origins = originBar(context);
  const worker = workerBuild(context);
  const search = el('input', {
    attributes: { type: 'search', placeholder: 'Search functions', 'aria-label': 'Search functions' },
  });
  const found = el('span', { class: 'size', attributes: { role: 'status' } });
  const note = el('p', { class: 'hint' });
  const switches = new Map(
    (Object.keys(parts) as Name[]).map((name) => [name, button(name, null, () => select(name))]),
  );
  const save = button('Save…', 'save', () => profile && request({ type: 'saveProfile', id: profile.id }));
  const yours = button('My Code', null, () => setOnlyYours(!kept().onlyYours));
  yours.title = 'Only functions and lines of your own, with all others in one row';
  search.addEventListener('input', () => runSearch());

  function select(name: Name): void {
    selected = name;
    for (const [each, part] of Object.entries(parts)) part.element.hidden = each !== name;
    for (const [each, pressed] of switches) pressed.setAttribute('aria-pressed', String(each === name));
    drawYours();
    parts[name].shown?.();
  }

  function setOnlyYours(only: boolean): void {
    keep({ onlyYours: only });
    for (const part of Object.values(parts)) part.onlyYours?.(only);
    drawYours();
  }

  /** A search goes through all code, so nothing is left out meanwhile. */
  function drawYours(): void {
    const has = profile?.functions.some(({ origin }) => origin === 'yours') ?? false;
    yours.hidden = parts[selected].onlyYours === undefined || !has;
    yours.disabled = search.value.trim() !== '';
    yours.setAttribute('aria-pressed', String(kept().onlyYours && !yours.disabled));
  }

  function runSearch(): void {
    const text = search.value.trim();
    const wanted = text.toLowerCase();
    const matches =
      text === '' || profile === undefined
        ? null
        : new Set(
            profile.functions.flatMap(({ name, place }, index) =>
              `${name} ${place ?? ''}`.toLowerCase().includes(wanted) ? index : [],
            ),
          );
    for (const part of Object.values(parts)) part.search(matches, text);
    drawYours();
    setText(found, matches === null ? '' : foundText(matches));
    found.title = matches === null ? '' : `${found.textContent} of the fuel`;
  }

  function foundText(matches: ReadonlySet<number>): string {
    const self = [...matches].reduce((sum, index) => sum + profile!.functions[index]!.self, 0);
    const share = formats.percent(self / Math.max(1, wholeOf(profile)));
    return `${formats.exact(matches.size)} found, ${share}`;
  }

  select(selected);
  return {
    element: el(
      'div',
      { class: 'fuel-view' },
      origins.element,
      el(
        'div',
        { class: 'toolbar' },
        el(
          'div',
          { class: 'buttons', attributes: { role: 'group', 'aria-label': 'View' } },
          ...switches.values(),
        ),
        el('div', { class: 'searching' }, found, yours, search, save),
      ),
      note,
      ...Object.values(parts).map(({ element }) => element),
      worker.element,
    ),
    show(next, forWorker) {
      profile = next;
      origins.set(next.crates);
      worker.show(next, forWorker);
      const { uncounted } = next;
      note.hidden = uncounted === 0;
      setText(
        note,
        `Includes ${formats.exact(uncounted)} units beyond the run’s fuel, which wasmtime doesn’t count either: the last ones before it failed.`,
      );
      for (const part of Object.values(parts)) {
        part.show(next);
        part.onlyYours?.(kept().onlyYours);
      }
      runSearch();
    },
    receive(update) {
      if (update.type === 'workerBuild') worker.receive(update.id, update.build);
    },
    shown: () => parts[selected].shown?.(),
  };
}
