import type { StreamName, StreamText, StreamUpdate } from '../shared/panelMessages.ts';
import type { PanelContext } from './component.ts';
import { button, el, setText } from './dom.ts';
import { prettyJson } from './json.ts';
import { textBlocks } from './textBlocks.ts';

export interface StreamView {
  readonly element: HTMLElement;
  readonly text: StreamText;
  show(text: StreamText): void;
  update(update: StreamUpdate): void;
  /** Whether the stream is at its end: only then is it read as JSON. `kept` says that the editor has all of it. */
  setState(state: { readonly done: boolean; readonly kept: boolean }): void;
}

/** One stream of the program: its text as it comes, or laid out where it turns out to be JSON. */
export function streamView(
  stream: StreamName,
  title: string,
  { formats, request }: PanelContext,
): StreamView {
  let text: StreamText = { head: '', cutCharacters: 0, tail: '', bytes: 0 };
  let done = false;
  let asJson = true;
  let json: string | null = null;

  const size = el('span', { class: 'size' });
  const layout = button('JSON', 'json', () => {
    asJson = !asJson;
    renderAll();
  });
  const copy = button('Copy', 'copy', () => request({ type: 'copyStream', stream }));
  const open = button('Open in Editor', 'go-to-file', () => request({ type: 'openStream', stream }));
  const head = textBlocks();
  const cut = el('p', { class: 'cut' });
  const tail = el('div', { class: 'block' });
  const placeholder = el('p', { class: 'placeholder' });
  const scroller = el(
    'div',
    { class: 'scroller', attributes: { tabindex: '0', role: 'region', 'aria-label': title } },
    head.element,
    cut,
    tail,
    placeholder,
  );

  /** Follows the end, unless the reader has scrolled away from it. */
  function following(change: () => void): void {
    const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 30;
    change();
    if (atEnd && !done) scroller.scrollTop = scroller.scrollHeight;
  }

  function jsonOf({ head: all, tail: more }: StreamText): string | null {
    return done && more === '' ? prettyJson(all) : null;
  }

  function renderRest(): void {
    const { cutCharacters, bytes } = text;
    cut.hidden = cutCharacters === 0;
    setText(
      cut,
      `${formats.exact(cutCharacters)} characters are not shown here; “Open in Editor” has all that was kept.`,
    );
    setText(tail, text.tail);
    setText(size, formats.bytes(bytes));
    size.title = `${formats.exact(bytes)} bytes`;
    placeholder.hidden = bytes > 0;
    setText(placeholder, done ? `The program wrote nothing to ${title.toLowerCase()}.` : 'Nothing yet.');
  }

  function renderAll(): void {
    json = jsonOf(text);
    layout.hidden = json === null;
    layout.setAttribute('aria-pressed', String(asJson));
    head.clear();
    head.append(asJson && json !== null ? json : text.head);
    renderRest();
  }

  return {
    element: el(
      'div',
      { class: 'stream' },
      el('div', { class: 'toolbar' }, size, el('div', { class: 'buttons' }, layout, copy, open)),
      scroller,
    ),
    get text() {
      return text;
    },
    show(next) {
      text = next;
      renderAll();
    },
    update({ append, ...rest }) {
      text = { head: text.head + append, ...rest };
      following(() => {
        head.append(append);
        renderRest();
      });
    },
    setState(state) {
      copy.disabled = open.disabled = !state.kept;
      if (state.done === done) return;
      done = state.done;
      // Drawing it all again would lose the reader's place.
      if (jsonOf(text) === json) renderRest();
      else renderAll();
    },
  };
}
