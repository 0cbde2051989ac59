import { el, icon } from './dom.ts';

export interface MenuItem {
  readonly label: string;
  readonly icon: string;
  readonly onClick: () => void;
}

let menus = 0;

/** A button that opens a menu, after the ARIA pattern: arrows, Home and End move, Escape closes, letters jump. */
export function menuButton(label: string, iconName: string, items: readonly MenuItem[]): HTMLElement {
  const id = `menu-${menus++}`;
  const list = el('div', {
    class: 'menu',
    hidden: true,
    attributes: { role: 'menu', id, 'aria-label': label },
  });
  const entries = items.map(({ label: text, icon: glyph, onClick }) => {
    const act = () => {
      close();
      opener.focus();
      onClick();
    };
    const attributes = { type: 'button', role: 'menuitem', tabindex: '-1' };
    return el('button', { attributes, onClick: act }, icon(glyph), el('span', { text }));
  });
  list.append(...entries);
  const attributes = {
    type: 'button',
    'aria-label': label,
    'aria-haspopup': 'menu',
    'aria-expanded': 'false',
    'aria-controls': id,
  };
  const opener = el(
    'button',
    { class: 'icon', title: label, attributes, onClick: () => toggle() },
    icon(iconName),
  );
  const element = el('div', { class: 'menu-button' }, opener, list);

  function open(focused: number): void {
    list.hidden = false;
    opener.setAttribute('aria-expanded', 'true');
    entries.at(focused)!.focus();
  }

  function close(): void {
    list.hidden = true;
    opener.setAttribute('aria-expanded', 'false');
  }

  function toggle(): void {
    if (list.hidden) open(0);
    else close();
  }

  opener.addEventListener('keydown', (event) => {
    const at = { ArrowDown: 0, ArrowUp: -1 }[event.key];
    if (at === undefined) return;
    event.preventDefault();
    open(at);
  });
  list.addEventListener('keydown', (event) => {
    const at = entries.indexOf(event.target as HTMLButtonElement);
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const step = steps[event.key];
    const byLetter = entries.findIndex((entry) =>
      entry.textContent.toLowerCase().startsWith(event.key.toLowerCase()),
    );
    if (step !== undefined) entries.at(step % entries.length)!.focus();
    else if (event.key === 'Escape') {
      close();
      opener.focus();
    } else if (event.key.length === 1 && event.key !== ' ' && byLetter !== -1) entries[byLetter]!.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  element.addEventListener('focusout', ({ relatedTarget }) => {
    if (!element.contains(relatedTarget as Node | null)) close();
  });
  return element;
}
