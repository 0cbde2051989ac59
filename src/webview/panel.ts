import {
  isPanelSnapshot,
  isPanelUpdate,
  snapshotVersion,
  type PanelRequest,
  type PanelSnapshot,
  type PanelUpdate,
} from '../shared/panelMessages.ts';
import type { PanelRun } from '../shared/panelRun.ts';
import { emptyView } from './emptyView.ts';
import { formatsOf } from './format.ts';
import { savedProfile } from './savedProfile.ts';
import { runView } from './runView.ts';

interface VsCodeApi {
  postMessage(message: PanelRequest): void;
  getState(): unknown;
  setState(state: PanelSnapshot): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const vscode = acquireVsCodeApi();
const context = {
  formats: formatsOf(document.documentElement.lang),
  request: (request: PanelRequest) => vscode.postMessage(request),
};
const root = document.getElementById('panel')!;
const view = runView(context);
const saved = savedProfile(context);

/** Running texts grow too fast to be kept at each step; a run is kept once it has ended. */
function keep(run: PanelRun): void {
  if (run.phase.kind === 'done') vscode.setState({ version: snapshotVersion, run, ...view.streams });
}

function receive(update: PanelUpdate): void {
  switch (update.type) {
    case 'show':
      if (update.run === null) {
        if (root.contains(saved.element)) root.replaceChildren(emptyView(context));
        return;
      }
      root.replaceChildren(view.element);
      view.show(update.run, update, true);
      keep(update.run);
      return;
    case 'run':
      view.update(update.run);
      keep(update.run);
      return;
    case 'stream':
      view.append(update.stream, update.update);
      return;
    case 'savedProfile':
      root.replaceChildren(saved.element);
      saved.show(update.profile);
      saved.shown();
      return;
    default:
      view.receive(update);
  }
}

/** What an earlier window's run offered, this one's editor knows nothing of. */
function withoutActions(run: PanelRun): PanelRun {
  if (!run.outcome?.error) return run;
  return { ...run, outcome: { ...run.outcome, error: { ...run.outcome.error, actions: [], backtrace: [] } } };
}

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isPanelUpdate(data)) receive(data);
});

const before = vscode.getState();
if (isPanelSnapshot(before)) {
  root.replaceChildren(view.element);
  view.show(withoutActions(before.run), before, false);
} else {
  root.replaceChildren(emptyView(context));
}
context.request({ type: 'ready' });
