import type { StreamText } from '../../shared/panelStream.ts';
import { el } from '../dom.ts';
import type { Formats } from '../format.ts';
import { highlights } from './highlights.ts';
import { mostMatches, positionsIn, type Layout } from './layout.ts';
import { textBlocks } from './textBlocks.ts';

export interface TextLayout extends Layout {
  show(text: StreamText): void;
  /** More of the text that is shown; `append` goes to its head. */
  append(append: string, text: StreamText): void;
  /**
   * Whether the stream may still grow: only then does the view follow its end.
   *
   * @param waiting what stands in its place until there is something
   */
  setGrowing(growing: boolean, waiting?: string): void;
  /** What the cut offers, for a stream that has ended. */
  setCutActions(...actions: readonly HTMLElement[]): void;
}

/** Text as the program wrote it: its start and its end, and what was left out between them. */
export function textLayout(title: string, { exact }: Formats): TextLayout {
  const head = textBlocks();
  const cutWords = el('span');
  const cutActions = el('span', { class: 'buttons' });
  const cut = el('div', { class: 'cut' }, cutWords, cutActions);
  const tail = el('div', { class: 'block' });
  const placeholder = el('p', { class: 'placeholder' });
  const attributes = { tabindex: '0', role: 'region', 'aria-label': title };
  const element = el('div', { class: 'text scroller', attributes }, head.element, cut, tail, placeholder);
  const marks = highlights(element);
  let growing = true;
  let waitingWords = '';

  function renderRest({ cutCharacters, tail: end, bytes }: StreamText): void {
    cut.hidden = cutCharacters === 0;
    cutWords.textContent = `${exact(cutCharacters)} characters are not shown here.`;
    if (tail.textContent !== end) tail.textContent = end;
    placeholder.hidden = bytes > 0;
    placeholder.textContent = growing ? waitingWords : `The program wrote nothing to ${title.toLowerCase()}.`;
  }

  let shown: StreamText | undefined;
  return {
    element,
    show(text) {
      shown = text;
      marks.clear();
      head.clear();
      head.append(text.head);
      element.scrollTop = 0;
      renderRest(text);
    },
    append(append, text) {
      shown = text;
      // It follows the end, unless the reader has scrolled away from it.
      const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 30;
      head.append(append);
      renderRest(text);
      if (atEnd && growing) element.scrollTop = element.scrollHeight;
    },
    setGrowing(now, waiting = '') {
      growing = now;
      waitingWords = waiting;
      if (shown) renderRest(shown);
    },
    setCutActions: (...actions) => cutActions.replaceChildren(...actions),
    find({ text: pattern }) {
      const ranges: StaticRange[] = [];
      for (const block of element.querySelectorAll('.block')) {
        const node = block.firstChild;
        if (!(node instanceof Text)) continue;
        for (const { start, end } of positionsIn(node.data, pattern, mostMatches - ranges.length)) {
          ranges.push(
            new StaticRange({ startContainer: node, startOffset: start, endContainer: node, endOffset: end }),
          );
        }
        if (ranges.length === mostMatches) break;
      }
      marks.set(ranges);
      return { count: ranges.length, more: ranges.length === mostMatches, go: (match) => marks.go(match) };
    },
    clearFind: () => marks.clear(),
  };
}
