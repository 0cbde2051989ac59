import type { TabLabel } from './component.ts';
import { el } from './dom.ts';

export interface Tab {
  readonly id: string;
  readonly element: HTMLElement;
  /** Called when the tab comes into sight. */
  shown?(): void;
}

export interface Tabs {
  readonly element: HTMLElement;
  readonly selected: string;
  /** Null hides a tab; one that is hidden while selected gives way to the first. */
  label(id: string, label: TabLabel | null): void;
  select(id: string): void;
}

/** Tabs after the ARIA pattern: arrows, Home and End move, and the tab list is one stop of the Tab key. */
export function tabs(list: readonly Tab[], label: string): Tabs {
  const buttons = new Map<string, HTMLButtonElement>();
  const panels = new Map<string, HTMLElement>();
  const labels = new Map<string, string>();
  let selected = list[0]!.id;
  for (const { id, element } of list) {
    const attributes = { type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': `panel-${id}` };
    buttons.set(id, el('button', { class: 'tab', attributes, onClick: () => select(id) }));
    const labelled = { role: 'tabpanel', id: `panel-${id}`, 'aria-labelledby': `tab-${id}` };
    panels.set(id, el('div', { class: 'tab-panel', attributes: labelled }, element));
  }
  const tablist = el(
    'div',
    { class: 'tabs', attributes: { role: 'tablist', 'aria-label': label } },
    ...buttons.values(),
  );
  tablist.addEventListener('keydown', (event) => {
    const shown = [...buttons].filter(([, button]) => !button.hidden).map(([id]) => id);
    const at = shown.indexOf(selected);
    const steps: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    select(shown.at(step % shown.length)!);
    buttons.get(selected)!.focus();
  });

  function mark(id: string): void {
    selected = id;
    for (const [name, button] of buttons) {
      button.setAttribute('aria-selected', String(name === id));
      button.tabIndex = name === id ? 0 : -1;
      panels.get(name)!.hidden = name !== id;
    }
  }

  function select(id: string): void {
    if (id === selected) return;
    mark(id);
    list.find((tab) => tab.id === id)!.shown?.();
  }
  mark(selected);

  return {
    element: el('section', { class: 'results' }, tablist, ...panels.values()),
    get selected() {
      return selected;
    },
    label(id, shown) {
      const button = buttons.get(id)!;
      const key = JSON.stringify(shown);
      if (labels.get(id) === key) return;
      labels.set(id, key);
      button.hidden = shown === null;
      if (shown === null) {
        if (selected === id) select(list[0]!.id);
        return;
      }
      const { text, count } = shown;
      // The space is for those who hear the label.
      const beside = count === undefined ? [] : [' ', el('span', { class: 'count', text: count })];
      button.replaceChildren(text, ...beside);
    },
    select,
  };
}
