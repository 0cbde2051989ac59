import type { PanelRequest, PanelRun } from '../shared/panelMessages.ts';
import type { Formats } from './format.ts';

/** A part of the panel: made once, then brought up to date, so that focus and scroll positions stay. */
export interface Component {
  readonly element: HTMLElement;
  update(run: PanelRun): void;
}

/** What the parts of the panel share. */
export interface PanelContext {
  readonly formats: Formats;
  /** Asks the editor for something. */
  readonly request: (request: PanelRequest) => void;
}
