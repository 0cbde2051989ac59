import type { StreamName, StreamText, StreamUpdate } from '../shared/panelStream.ts';
import type { PanelContext, TabView } from './component.ts';
import { button, el, setText } from './dom.ts';
import { prettyJson } from './json.ts';
import { textBlocks } from './textBlocks.ts';

/** One stream of the program: its text as it comes, or laid out where it turns out to be JSON. */
export interface StreamTab extends TabView {
  readonly text: StreamText;
  /** Another text from its start. `kept` says that the editor has all of it. */
  show(text: StreamText, kept: boolean): void;
  append(update: StreamUpdate): void;
}

const titles = { output: 'Output', stderr: 'Stderr' };

export function streamTab(stream: StreamName, { formats, request }: PanelContext): StreamTab {
  const title = titles[stream];
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
    id: stream,
    element: el(
      'div',
      { class: 'stream' },
      el('div', { class: 'toolbar' }, size, el('div', { class: 'buttons' }, layout, copy, open)),
      scroller,
    ),
    get text() {
      return text;
    },
    show(next, kept) {
      text = next;
      copy.disabled = open.disabled = !kept;
      renderAll();
    },
    append({ append, ...rest }) {
      text = { head: text.head + append, ...rest };
      following(() => {
        head.append(append);
        renderRest();
      });
    },
    update({ phase }) {
      if (done === (phase.kind === 'done')) return;
      done = phase.kind === 'done';
      // Drawing it all again would lose the reader's place.
      if (jsonOf(text) === json) renderRest();
      else renderAll();
    },
    label() {
      // The output is what one looks for first, however long it is.
      const counted = stream === 'stderr' && text.bytes > 0;
      return { text: title, ...(counted ? { count: formats.bytes(text.bytes) } : {}) };
    },
  };
}
