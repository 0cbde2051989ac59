type Child = Node | string | null;

interface Properties {
  readonly class?: string;
  readonly text?: string;
  readonly title?: string;
  readonly hidden?: boolean;
  /** `role`, `aria-…`, `id`, `tabindex` and the like. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly onClick?: () => void;
}

/** An element with its children. Text goes in as text, never as markup. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (properties.class !== undefined) element.className = properties.class;
  if (properties.text !== undefined) element.textContent = properties.text;
  if (properties.title !== undefined) element.title = properties.title;
  if (properties.hidden !== undefined) element.hidden = properties.hidden;
  for (const [name, value] of Object.entries(properties.attributes ?? {})) element.setAttribute(name, value);
  if (properties.onClick) element.addEventListener('click', properties.onClick);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** One of the editor's own icons; never the only sign of anything, so assistive technology skips it. */
export function icon(name: string): HTMLElement {
  return el('span', { class: `codicon codicon-${name}`, attributes: { 'aria-hidden': 'true' } });
}

/**
 * A button with a label, and an icon before it.
 *
 * @param kind its class
 */
export function button(
  label: string,
  iconName: string | null,
  onClick: () => void,
  kind = '',
): HTMLButtonElement {
  const glyph = iconName === null ? null : icon(iconName);
  return el(
    'button',
    { class: kind, attributes: { type: 'button' }, onClick },
    glyph,
    el('span', { text: label }),
  );
}

/** Writes only what differs, so that a screen reader's live region speaks of changes alone. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** A button that shows an icon alone; its label is read aloud, and shown as a tip. */
export function iconButton(label: string, iconName: string, onClick: () => void): HTMLButtonElement {
  const attributes = { type: 'button', 'aria-label': label };
  return el('button', { class: 'icon', title: label, attributes, onClick }, icon(iconName));
}
