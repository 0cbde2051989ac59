import { el } from '../dom.ts';

const viewNames = ['json', 'text', 'hex'] as const;
export type ViewName = (typeof viewNames)[number];

const labels: Readonly<Record<ViewName, string>> = { json: 'JSON Tree', text: 'Text', hex: 'Hex' };

export interface ViewMenu {
  readonly element: HTMLElement;
  readonly view: ViewName;
  /** Which views there are for a text, text itself always, and the one to take unless the user chose another. */
  offer(possible: { readonly json: boolean; readonly hex: boolean }, best: ViewName): void;
}

/** The menu that chooses how a stream is shown. What the user chose holds for later runs, where it is possible. */
export function viewMenu(title: string, changed: () => void): ViewMenu {
  const options = new Map(
    viewNames.map((name) => [name, el('option', { text: labels[name], attributes: { value: name } })]),
  );
  const element = el('select', { attributes: { 'aria-label': `View ${title} as` } }, ...options.values());
  let chosen: ViewName | null = null;
  element.addEventListener('change', () => {
    chosen = element.value as ViewName;
    changed();
  });
  return {
    element,
    get view() {
      return element.value as ViewName;
    },
    offer(possible, best) {
      for (const name of ['json', 'hex'] as const) options.get(name)!.disabled = !possible[name];
      const wanted = chosen !== null && !options.get(chosen)!.disabled ? chosen : best;
      element.value = wanted;
    },
  };
}

/** Whether a text is of bytes that nobody meant as text: control characters, or what is no UTF-8. */
export function looksBinary(text: string): boolean {
  const start = text.slice(0, 4096);
  // eslint-disable-next-line no-control-regex -- these are what it looks for
  const odd = start.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/g)?.length ?? 0;
  return odd > start.length / 20;
}
