import type { PanelRun, StreamName, StreamText, StreamUpdate } from '../shared/panelMessages.ts';
import type { PanelContext } from './component.ts';
import { el } from './dom.ts';
import { errorView } from './errorView.ts';
import { header } from './header.ts';
import { measures } from './measures.ts';
import { status } from './status.ts';
import { streamView } from './streamView.ts';
import { tabs } from './tabs.ts';
import { workerView } from './workerView.ts';

/** Everything about one run. */
export interface RunView {
  readonly element: HTMLElement;
  readonly streams: Readonly<Record<StreamName, StreamText>>;
  /** Another run, or this one from its start. `kept` says that the editor still has it at hand. */
  show(run: PanelRun, streams: Readonly<Record<StreamName, StreamText>>, kept: boolean): void;
  update(run: PanelRun): void;
  append(stream: StreamName, update: StreamUpdate): void;
}

export function runView(context: PanelContext): RunView {
  const output = streamView('output', 'Output', context);
  const stderr = streamView('stderr', 'Stderr', context);
  const error = errorView(context);
  const worker = workerView(context);
  const parts = [header(context), status(context), measures(context), error, worker];
  const results = tabs(
    [
      { id: 'output', content: output.element },
      { id: 'stderr', content: stderr.element },
      { id: 'error', content: error.element },
      { id: 'worker', content: worker.element },
    ],
    'Results',
  );
  const top = parts.slice(0, 3).map(({ element }) => element);
  let shown: PanelRun | undefined;
  let kept = true;

  function update(run: PanelRun): void {
    shown = run;
    for (const part of parts) part.update(run);
    const done = run.phase.kind === 'done';
    output.setState({ done, kept });
    stderr.setState({ done, kept });
    labelTabs(run);
    if (done) leaveEmptyTab(run);
  }

  function labelTabs(run: PanelRun): void {
    const { bytes } = stderr.text;
    results.set('output', { label: 'Output', hidden: false });
    results.set('stderr', {
      label: bytes === 0 ? 'Stderr' : `Stderr ${context.formats.bytes(bytes)}`,
      hidden: false,
    });
    results.set('error', { label: 'Error', hidden: run.outcome?.error == null });
    results.set('worker', { label: 'Worker', hidden: run.profileKind !== 'outlayer' });
  }

  /** A failed run that wrote nothing to the stream in sight has its story elsewhere. */
  function leaveEmptyTab(run: PanelRun): void {
    if (run.outcome?.success !== false || results.selected !== 'output' || output.text.bytes > 0) return;
    if (stderr.text.bytes > 0) results.select('stderr');
    else if (run.outcome.error !== null) results.select('error');
  }

  return {
    element: el('div', { class: 'run' }, ...top, results.element),
    get streams() {
      return { output: output.text, stderr: stderr.text };
    },
    show(run, streams, isKept) {
      kept = isKept;
      output.show(streams.output);
      stderr.show(streams.stderr);
      if (run.phase.kind !== 'done') results.select('output');
      update(run);
    },
    update,
    append(stream, streamUpdate) {
      (stream === 'output' ? output : stderr).update(streamUpdate);
      if (shown) labelTabs(shown);
    },
  };
}
