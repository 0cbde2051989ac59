import type { PanelRequest, PanelState, PanelUpdate } from '../shared/panelMessages.ts';
import type { PanelRun } from '../shared/panelRun.ts';
import type { Formats } from './format.ts';

/** A part of the panel: made once, then brought up to date, so that focus and scroll positions stay. */
export interface Component {
  readonly element: HTMLElement;
  update(run: PanelRun): void;
}

/** One of the tabs below the measures. To add one: a file that makes it, and its line in `runView.ts`. */
export interface TabView extends Component {
  /** A word that no other tab has. */
  readonly id: string;
  /** Called after every update; null hides the tab, for runs of which it has nothing to show. */
  label(run: PanelRun): TabLabel | null;
  /** Called when the tab comes into sight, for what is too dear to draw before. */
  shown?(): void;
  /** Every message of the editor but those about the run and its streams. */
  receive?(update: PanelUpdate): void;
}

export interface TabLabel {
  readonly text: string;
  /** How much there is in it, such as `3` or `12 KiB`; left out where that says nothing. */
  readonly count?: string;
}

/** What the parts of the panel share. */
export interface PanelContext {
  readonly formats: Formats;
  /** Asks the editor for something. */
  readonly request: (request: PanelRequest) => void;
  /** What stays over a reload. */
  readonly kept: () => PanelState;
  readonly keep: (change: Partial<PanelState>) => void;
}
