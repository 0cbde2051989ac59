import type { PanelUpdate } from '../shared/panelMessages.ts';
import type { PanelRun } from '../shared/panelRun.ts';
import type { StreamName, StreamText, StreamUpdate } from '../shared/panelStream.ts';
import type { PanelContext, TabView } from './component.ts';
import { el } from './dom.ts';
import { errorTab } from './errorTab.ts';
import { fuelTab } from './fuel/fuelTab.ts';
import { header } from './header.ts';
import { compareTab } from './history/compareTab.ts';
import { measures } from './measures.ts';
import { networkTab } from './networkTab.ts';
import { status } from './status.ts';
import { streamTab } from './stream/streamTab.ts';
import { tabs } from './tabs.ts';
import { workerTab } from './workerTab.ts';

/** Everything about one run. */
export interface RunView {
  readonly element: HTMLElement;
  /** Another run, or this one from its start. */
  show(run: PanelRun, streams: Readonly<Record<StreamName, StreamText>>): void;
  update(run: PanelRun): void;
  append(stream: StreamName, update: StreamUpdate): void;
  /** Any other message, for the tab that knows it. */
  receive(update: PanelUpdate): void;
}

export function runView(context: PanelContext): RunView {
  const output = streamTab('output', context);
  const stderr = streamTab('stderr', context);
  /** In their order; one that has no label for a run is hidden. */
  const views: readonly TabView[] = [
    output,
    stderr,
    errorTab(context),
    fuelTab(context),
    networkTab(context),
    compareTab(context),
    workerTab(context),
  ];
  const top = [header(context), status(context), measures(context)];
  const results = tabs(views, 'Results');
  const element = el('div', { class: 'run' }, ...top.map((part) => part.element), results.element);
  let shown: PanelRun | undefined;
  let profileShown: number | undefined;
  let linesShown: string | undefined;

  function update(run: PanelRun): void {
    shown = run;
    for (const part of [...top, ...views]) part.update(run);
    labelTabs();
    if (run.phase.kind === 'done') leaveEmptyTab(run);
    showLines(run);
    showProfile(run.outcome?.profile);
  }

  /** Who profiles a run wants to see where its fuel went. */
  function showProfile(profile: number | undefined): void {
    if (profile !== undefined && profile !== profileShown) results.select('fuel');
    profileShown = profile;
  }

  /** Who asks for the lines of a backtrace wants to see them. */
  function showLines({ id, withLines, outcome }: PanelRun): void {
    if (!withLines || outcome?.error == null || id === linesShown) return;
    results.select('error');
    linesShown = id;
  }

  function labelTabs(): void {
    if (shown === undefined) return;
    for (const view of views) results.label(view.id, view.label(shown));
  }

  /** A failed run that wrote nothing to the stream in sight has its story elsewhere. */
  function leaveEmptyTab(run: PanelRun): void {
    if (run.outcome?.success !== false || results.selected !== 'output' || output.text.bytes > 0) return;
    if (stderr.text.bytes > 0) results.select('stderr');
    else if (run.outcome.error !== null) results.select('error');
  }

  element.addEventListener('keydown', (event) => {
    if (event.key !== 'f' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (results.selected !== 'stderr') results.select('output');
    (results.selected === 'stderr' ? stderr : output).find();
  });

  return {
    element,
    show(run, streams) {
      output.show(run.id, streams.output);
      stderr.show(run.id, streams.stderr);
      if (run.phase.kind !== 'done') results.select('output');
      update(run);
    },
    update,
    append(stream, streamUpdate) {
      (stream === 'output' ? output : stderr).append(streamUpdate);
      labelTabs();
    },
    receive(message) {
      for (const view of views) view.receive?.(message);
      labelTabs();
      if (message.type === 'comparison') results.select('compare');
    },
  };
}
