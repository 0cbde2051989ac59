import type { PanelCommand } from '../shared/panelMessages.ts';
import type { Component, PanelContext } from './component.ts';
import { button, el, setText } from './dom.ts';
import { menuButton } from './menu.ts';

/** What was run, and the buttons that run and stop. They stay in place, so that a click never meets another one. */
export function header({ request, formats }: PanelContext): Component {
  const program = el('h1');
  const subtitle = el('p', { class: 'subtitle' });
  let id = '';
  const run = button('Run Again', 'play', () => request({ type: 'repeatRun', run: id }), 'primary');
  const stop = button('Stop', 'debug-stop', () => request({ type: 'stop' }));
  const command = (label: string, icon: string, name: PanelCommand) => ({
    label,
    icon,
    onClick: () => request({ type: 'command', command: name, run: id }),
  });
  const more = menuButton('More Actions', 'ellipsis', [
    command('Run and Profile', 'flame', 'runProfiled'),
    command('Run with Input…', 'edit', 'runWithInput'),
    command('Run Another Program…', 'list-selection', 'chooseProgram'),
    command('Save Run as Case…', 'save', 'saveRun'),
    command('Open Inputs File', 'json', 'openInputs'),
    command('Show Log', 'output', 'showLog'),
  ]);
  return {
    element: el(
      'header',
      {},
      el('div', { class: 'title' }, program, subtitle),
      el('div', { class: 'buttons', attributes: { role: 'group', 'aria-label': 'Run' } }, run, stop, more),
    ),
    update({
      id: shown,
      program: name,
      target,
      buildProfile,
      input,
      taping,
      profiled,
      profileKind,
      phase,
      startedAt,
    }) {
      id = shown;
      setText(program, name);
      const view = profileKind === 'outlayer' ? ['OutLayer view'] : [];
      const tape = taping === undefined ? [] : [taping === 'record' ? 'recorded' : 'replayed'];
      const counted = profiled ? ['profiled'] : [];
      const built = buildProfile === null ? [] : [buildProfile];
      const parts = [target, ...built, input, ...tape, ...counted, ...view, formats.time(startedAt)];
      setText(subtitle, parts.join(' · '));
      run.title = profiled ? 'Runs it again, and profiles it again' : '';
      const busy = phase.kind !== 'done';
      const [use, rest] = busy ? [stop, run] : [run, stop];
      use.disabled = false;
      // A disabled button would throw the keyboard's focus back to the top.
      if (document.activeElement === rest) use.focus();
      rest.disabled = true;
    },
  };
}
