import type { PanelProfile } from '../../shared/panelProfile.ts';

/** One of the views of a profile. */
export interface FuelPart {
  readonly element: HTMLElement;
  show(profile: PanelProfile): void;
  /** Positions of the functions that were searched for, and the text; null for all. */
  search(matches: ReadonlySet<number> | null, text: string): void;
  /** Only the user's own, with the rest in one row; left out where that says nothing. A search goes through all. */
  onlyYours?(only: boolean): void;
  /** Called when it comes into sight. */
  shown?(): void;
}
