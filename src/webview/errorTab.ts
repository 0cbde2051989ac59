import { describeFolded, type FrameGroup, frameGroups, type NumberedFrame } from '../profile/frameGroups.ts';
import { stablePath } from '../profile/stablePath.ts';
import type { PanelContext, TabView } from './component.ts';
import { el, setText } from './dom.ts';

/** All of an error: what happened and what to do next, where in the program it was, and its raw cause. */
export function errorTab({ request }: PanelContext): TabView {
  const message = el('p', { class: 'message' });
  const hint = el('p', { class: 'hint' });
  const cause = el('pre', { attributes: { tabindex: '0', role: 'region', 'aria-label': 'Cause' } });
  const frames = el('ol', { class: 'frames' });
  const causeTitle = el('h2', { text: 'Cause' });
  let id = '';
  const where = el('h2', { text: 'Where' });
  return {
    id: 'error',
    label: ({ outcome }) => (outcome?.error == null ? null : { text: 'Error' }),
    element: el(
      'div',
      { class: 'error scroller', attributes: { tabindex: '0', role: 'region', 'aria-label': 'Error' } },
      message,
      hint,
      where,
      frames,
      causeTitle,
      cause,
    ),
    update({ id: run, outcome }) {
      id = run;
      const error = outcome?.error;
      setText(message, outcome?.headline ?? '');
      setText(hint, error?.hint ?? '');
      setText(cause, error?.cause ?? '');
      causeTitle.hidden = cause.hidden = !error?.cause;
      const backtrace = error?.backtrace ?? [];
      where.hidden = frames.hidden = backtrace.length === 0;
      frames.replaceChildren(...frameGroups(backtrace).flatMap(groupLines));
    },
  };

  /** Other people's frames are there for who wants them. */
  function groupLines(group: FrameGroup): HTMLElement[] {
    const lines = group.frames.map(frameLine);
    if (group.own) return lines;
    const summary = el('summary', { text: describeFolded(group) });
    return [el('li', {}, el('details', {}, summary, el('ol', { class: 'frames' }, ...lines)))];
  }

  function frameLine(frame: NumberedFrame): HTMLElement {
    const name = el('span', { class: 'function', text: frame.function });
    if (frame.file === null) return el('li', {}, name);
    // The user's own are relative to the crate by now; others' are too long to be read whole.
    const place = [stablePath(frame.file), frame.line, frame.column]
      .filter((part) => part !== null)
      .join(':');
    const open = () => request({ type: 'openFrame', run: id, frame: frame.index });
    return el('li', {}, name, el('button', { class: 'link', text: place, onClick: open }));
  }
}
