import { frameGroups } from '../profile/frameGroups.ts';
import type { PanelError, PanelRun } from '../shared/panelRun.ts';
import type { Component, PanelContext } from './component.ts';
import { button, el, icon, setText } from './dom.ts';

/**
 * The line that says whether it worked, the next step below it, and the buttons for that step. Its height is the same
 * in every phase: what does not fit in is cut here, and whole in the tab of the error.
 */
export function status({ formats, request }: PanelContext): Component {
  const sign = el('span', { class: 'sign' });
  const headline = el('span');
  const time = el('span', { class: 'time' });
  // The clock stands outside of what is read aloud.
  const said = el('p', { class: 'headline' }, el('span', { attributes: { role: 'status' } }, headline), time);
  const detail = el('p', { class: 'detail' });
  const words = el('div', { class: 'words' }, said, detail);
  new ResizeObserver(() => {
    words.classList.toggle('long', said.clientHeight > words.clientHeight / 2);
  }).observe(said);
  const actions = el('div', { class: 'buttons' });
  let ticking: ReturnType<typeof setInterval> | undefined;
  let shownSteps = '';
  let id = '';

  /** Where it happened, and what can be done about it. */
  function showSteps(error: PanelError | null): void {
    const { actions: titles = [], backtrace = [] } = error ?? {};
    const own = frameGroups(backtrace).flatMap((group) => (group.own ? group.frames : []));
    const frame = own.find(({ file }) => file !== null)?.index ?? -1;
    const key = JSON.stringify([titles, backtrace[frame]]);
    if (key === shownSteps) return;
    shownSteps = key;
    const goTo = backtrace.slice(Math.max(0, frame), frame + 1).map(({ file, line }) => {
      const place = `${file!.split(/[\\/]/).at(-1)!}${line === null ? '' : `:${line}`}`;
      return button(place, 'go-to-file', () => request({ type: 'openFrame', run: id, frame }));
    });
    const doing = titles.map((title, action) =>
      button(title, null, () => request({ type: 'act', run: id, action })),
    );
    const first = error?.actFirst ? doing.splice(0, 1) : [];
    actions.replaceChildren(...first, ...goTo, ...doing);
  }

  return {
    element: el('section', { class: 'status', attributes: { 'aria-label': 'Result' } }, sign, words, actions),
    update(run) {
      const { state, glyph, words: text } = describe(run);
      id = run.id;
      sign.replaceChildren(icon(glyph));
      sign.parentElement!.dataset['state'] = state;
      setText(headline, text);
      headline.title = text;
      setText(detail, detailOf(run));
      detail.title = detail.textContent;

      clearInterval(ticking);
      if (run.phase.kind === 'done') {
        const runMs = run.outcome?.measures?.runMs;
        const took = runMs === undefined ? '' : formats.duration(runMs);
        setText(time, took === '' ? '' : run.outcome?.success ? ` in ${took}` : ` (${took})`);
      } else {
        const start = performance.now() - run.phase.elapsedMs;
        const tick = () =>
          setText(time, ` ${formats.duration(Math.floor((performance.now() - start) / 100) * 100)}`);
        tick();
        ticking = setInterval(tick, 100);
      }

      showSteps(run.outcome?.error ?? null);
    },
  };
}

function describe({ phase, outcome, program }: PanelRun): { state: string; glyph: string; words: string } {
  if (phase.kind === 'building') return { state: 'busy', glyph: 'loading', words: `Building ${program}` };
  if (phase.kind === 'running') return { state: 'busy', glyph: 'loading', words: `Running ${program}` };
  return outcome?.success
    ? { state: 'success', glyph: 'pass', words: outcome.headline }
    : { state: 'failure', glyph: 'error', words: outcome?.headline ?? '' };
}

/** The words below the headline. */
function detailOf({ phase, outcome, notes }: PanelRun): string {
  if (phase.kind === 'building') return phase.progress ?? 'Asking cargo';
  if (phase.kind === 'running') return notes[0] ?? 'Output appears as the program writes it.';
  if (outcome?.error) return outcome.error.hint ?? '';
  return notes.join(' ');
}
