import {
  isPanelState,
  isPanelUpdate,
  stateVersion,
  type PanelRequest,
  type PanelState,
  type PanelUpdate,
} from '../shared/panelMessages.ts';
import type { PanelContext } from './component.ts';
import { emptyView } from './emptyView.ts';
import { formatsOf } from './format.ts';
import { runsList } from './history/runsList.ts';
import { savedProfile } from './savedProfile.ts';
import { runView } from './runView.ts';

interface VsCodeApi {
  postMessage(message: PanelRequest): void;
  getState(): unknown;
  setState(state: PanelState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const vscode = acquireVsCodeApi();
const before = vscode.getState();
let state: PanelState = isPanelState(before)
  ? before
  : { version: stateVersion, run: null, runsOpen: true, onlyYours: true };

function keep(change: Partial<PanelState>): void {
  state = { ...state, ...change };
  vscode.setState(state);
}

const context: PanelContext = {
  formats: formatsOf(document.documentElement.lang),
  request: (request) => vscode.postMessage(request),
  kept: () => state,
  keep,
};

const root = document.getElementById('panel')!;
const view = runView(context);
const saved = savedProfile(context);
const runs = runsList(context, state.runsOpen, (runsOpen) => keep({ runsOpen }));

function receive(update: PanelUpdate): void {
  switch (update.type) {
    case 'show':
      if (update.run === null) {
        root.replaceChildren(emptyView(context));
        return;
      }
      if (view.element.parentElement !== root) root.replaceChildren(view.element, runs.element);
      view.show(update.run, update);
      runs.select(update.run.id);
      keep({ run: update.run.id });
      return;
    case 'run':
      view.update(update.run);
      return;
    case 'stream':
      view.append(update.stream, update.update);
      return;
    case 'runs':
      runs.show(update.runs);
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

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isPanelUpdate(data)) receive(data);
});

// What there is to show comes at once: nothing is drawn before it.
context.request({ type: 'ready', run: state.run });
