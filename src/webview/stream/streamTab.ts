import { wholeStreamLimit, type PanelUpdate } from '../../shared/panelMessages.ts';
import {
  emptyStream,
  type StreamName,
  type StreamText,
  type StreamUpdate,
} from '../../shared/panelStream.ts';
import type { PanelContext, TabView } from '../component.ts';
import { button, el, iconButton, setText } from '../dom.ts';
import { findBar } from './findBar.ts';
import { hexLayout } from './hexLayout.ts';
import { jsonLayout } from './jsonLayout.ts';
import { jsonRoot, type JsonValue } from './jsonText.ts';
import { textLayout } from './textLayout.ts';
import { looksBinary, viewMenu, type ViewName } from './viewMenu.ts';

/** One stream of the program: its text as it comes, and once it has ended also as JSON or in hex. */
export interface StreamTab extends TabView {
  readonly text: StreamText;
  /** Another text from its start. */
  show(run: string, text: StreamText): void;
  append(update: StreamUpdate): void;
  find(): void;
}

const titles = { output: 'Output', stderr: 'Stderr' };

export function streamTab(stream: StreamName, { formats, request }: PanelContext): StreamTab {
  const title = titles[stream];
  let run = '';
  let text = emptyStream;
  let done = false;
  /** All of it, once it has been asked for and has come. */
  let whole: { readonly bytes: Uint8Array; readonly text: string } | null = null;
  let asked = false;
  let json: { readonly text: string; readonly root: JsonValue } | null = null;
  /** Which layouts have the present text already. */
  const drawn = new Set<ViewName>();

  const layouts = {
    text: textLayout(title, formats),
    json: jsonLayout(`${stream}-row`, title, formats),
    hex: hexLayout(title),
  };
  const menu = viewMenu(title, () => showView());
  const layout = () => layouts[menu.view];
  const search = findBar(title, layout, formats, () => layout().element.focus());
  const size = el('span', { class: 'size' });
  const tools = {
    find: iconButton('Find (Ctrl+F)', 'search', () => find()),
    copyStream: iconButton(`Copy ${title}`, 'copy', () => request({ type: 'copyStream', run, stream })),
    saveStream: iconButton(`Save ${title} As…`, 'save', () => request({ type: 'saveStream', run, stream })),
    openStream: iconButton(`Open ${title} in Editor`, 'go-to-file', () =>
      request({ type: 'openStream', run, stream }),
    ),
  };
  const showAll = button('Show All', null, () => askForWhole());
  const openRest = button('Open in Editor', null, () => request({ type: 'openStream', run, stream }));

  function askForWhole(): void {
    if (asked) return;
    asked = true;
    request({ type: 'readStream', run, stream });
  }

  /** Once a stream has ended, it is known what it is. */
  function settle(): void {
    const complete = whole?.text ?? (text.cutCharacters === 0 && text.tail === '' ? text.head : null);
    const root = complete === null ? null : jsonRoot(complete);
    json = root === null ? null : { text: complete!, root };
    const likelyJson = complete === null && /^\s*[{[]/.test(text.head) && text.bytes <= wholeStreamLimit;
    if (likelyJson) askForWhole();
    const best = json ? 'json' : looksBinary(text.head) ? 'hex' : 'text';
    menu.offer({ json: json !== null, hex: text.bytes > 0 }, best);
    layouts.text.setCutActions(...(text.bytes <= wholeStreamLimit ? [showAll] : []), openRest);
    showView();
  }

  function showView(): void {
    for (const [name, { element }] of Object.entries(layouts)) element.hidden = name !== menu.view;
    if (!drawn.has(menu.view)) drawView();
    renderSize();
    search.refresh();
  }

  function drawView(): void {
    switch (menu.view) {
      case 'text':
        layouts.text.show(
          whole && text.bytes <= wholeStreamLimit
            ? { ...text, head: whole.text, cutCharacters: 0, tail: '' }
            : text,
        );
        break;
      case 'json':
        layouts.json.show(json!.text, json!.root);
        break;
      case 'hex':
        // Its characters are not its bytes, so these have to come first.
        if (whole === null) {
          askForWhole();
          return;
        }
        layouts.hex.show(whole.bytes);
    }
    drawn.add(menu.view);
  }

  function find(): void {
    search.focus();
  }

  function renderSize(): void {
    const cut = menu.view === 'hex' && text.bytes > wholeStreamLimit;
    const shownPart = cut ? `, the first ${formats.bytes(wholeStreamLimit)} shown` : '';
    setText(size, `${formats.bytes(text.bytes)}${shownPart}`);
    size.title = `${formats.exact(text.bytes)} bytes`;
  }

  function setDone(now: boolean): void {
    done = now;
    for (const name of ['copyStream', 'saveStream', 'openStream'] as const) tools[name].disabled = !done;
    if (done) {
      layouts.text.setGrowing(false);
      settle();
    }
  }

  const shown = Object.values(layouts).map(({ element }) => element);
  return {
    id: stream,
    element: el(
      'div',
      { class: 'stream' },
      el(
        'div',
        { class: 'toolbar' },
        size,
        el('div', { class: 'buttons' }, menu.element, ...Object.values(tools)),
      ),
      search.element,
      ...shown,
    ),
    get text() {
      return text;
    },
    show(id, next) {
      run = id;
      text = next;
      whole = json = null;
      asked = false;
      drawn.clear();
      menu.offer({ json: false, hex: false }, 'text');
      layouts.text.setCutActions();
      setDone(false);
      renderSize();
      showView();
    },
    append({ append, ...rest }) {
      text = { head: text.head + append, ...rest };
      layouts.text.append(append, text);
      renderSize();
    },
    update({ phase }) {
      if (phase.kind !== 'done')
        layouts.text.setGrowing(true, phase.kind === 'building' ? 'Building…' : 'Nothing yet.');
      if (done !== (phase.kind === 'done')) setDone(!done);
    },
    receive(update: PanelUpdate) {
      if (update.type !== 'content' || update.run !== run || update.stream !== stream) return;
      whole = { bytes: update.bytes, text: new TextDecoder().decode(update.bytes) };
      drawn.clear();
      settle();
    },
    label() {
      // The output is what one looks for first, however long it is.
      const counted = stream === 'stderr' && text.bytes > 0;
      return { text: title, ...(counted ? { count: formats.bytes(text.bytes) } : {}) };
    },
    shown: () => showView(),
    find,
  };
}
