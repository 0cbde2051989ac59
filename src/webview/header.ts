import type { Component, PanelContext } from './component.ts';
import { button, el, setText } from './dom.ts';

/** What was run, and the buttons that run and stop. They stay in place, so that a click never meets another one. */
export function header({ request }: PanelContext): Component {
  const program = el('h1');
  const subtitle = el('p', { class: 'subtitle' });
  const run = button('Run Again', 'play', () => request({ type: 'run' }), 'primary');
  const withInput = button('With Input…', 'edit', () => request({ type: 'runWithInput' }));
  const stop = button('Stop', 'debug-stop', () => request({ type: 'stop' }));
  return {
    element: el(
      'header',
      {},
      el('div', { class: 'title' }, program, subtitle),
      el(
        'div',
        { class: 'buttons', attributes: { role: 'group', 'aria-label': 'Run' } },
        run,
        withInput,
        stop,
      ),
    ),
    update({ program: name, target, buildProfile, input, taping, profileKind, phase }) {
      setText(program, name);
      const view = profileKind === 'outlayer' ? ['OutLayer view'] : [];
      const tape = taping === undefined ? [] : [taping === 'record' ? 'recorded' : 'replayed'];
      setText(subtitle, [target, buildProfile, input, ...tape, ...view].join(' · '));
      const busy = phase.kind !== 'done';
      // A disabled button would throw the keyboard's focus back to the top.
      if (!busy && document.activeElement === stop) run.focus();
      stop.disabled = !busy;
    },
  };
}
