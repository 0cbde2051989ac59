import { el, iconButton, setText } from '../dom.ts';
import type { Formats } from '../format.ts';
import { findPattern, noMatches, type Layout, type Matches } from './layout.ts';

export interface FindBar {
  readonly element: HTMLElement;
  readonly open: boolean;
  /** Opens it, or goes back to its field. */
  focus(): void;
  /** Looks again: what is searched has changed. */
  refresh(): void;
  close(): void;
}

/** The bar that looks for a text in the layout in sight: Enter and Shift+Enter walk through what it found. */
export function findBar(
  title: string,
  layout: () => Layout,
  { exact }: Formats,
  closed: () => void,
): FindBar {
  const field = el('input', {
    attributes: { type: 'text', placeholder: 'Find', 'aria-label': `Find in ${title}`, spellcheck: 'false' },
  });
  const count = el('span', { class: 'found quiet', attributes: { role: 'status' } });
  const previous = iconButton('Previous Match (Shift+Enter)', 'arrow-up', () => step(-1));
  const next = iconButton('Next Match (Enter)', 'arrow-down', () => step(1));
  const close = iconButton('Close (Escape)', 'close', () => hide());
  const attributes = { role: 'search', 'aria-label': `Find in ${title}` };
  const element = el('div', { class: 'find', hidden: true, attributes }, field, count, previous, next, close);
  let searched: Layout | undefined;
  let matches: Matches = noMatches;
  let current = -1;

  function look(): void {
    searched?.clearFind();
    searched = layout();
    current = -1;
    matches = field.value === '' ? noMatches : searched.find(findPattern(field.value));
    if (field.value === '') searched.clearFind();
    if (matches.count > 0) step(1);
    else tell();
  }

  function step(by: number): void {
    if (matches.count === 0) return;
    current = current === -1 ? 0 : (current + by + matches.count) % matches.count;
    matches.go(current);
    tell();
  }

  function tell(): void {
    const all = `${exact(matches.count)}${matches.more ? '+' : ''}`;
    setText(
      count,
      field.value === '' ? '' : matches.count === 0 ? 'No results' : `${exact(current + 1)} of ${all}`,
    );
    previous.disabled = next.disabled = matches.count === 0;
    field.setAttribute('aria-invalid', String(field.value !== '' && matches.count === 0));
  }

  function hide(): void {
    if (element.hidden) return;
    element.hidden = true;
    searched?.clearFind();
    closed();
  }

  field.addEventListener('input', look);
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hide();
    else if (event.key === 'Enter' && event.target === field) step(event.shiftKey ? -1 : 1);
    else if (event.key === 'F3') step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  tell();
  return {
    element,
    get open() {
      return !element.hidden;
    },
    focus() {
      const opening = element.hidden;
      element.hidden = false;
      field.focus();
      field.select();
      if (opening) look();
    },
    refresh() {
      if (!element.hidden) look();
    },
    close: hide,
  };
}
