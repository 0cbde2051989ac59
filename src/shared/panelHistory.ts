import type { FuelModel } from './fuelModel.ts';
import type { PanelMeasures } from './panelRun.ts';
import type { Target } from './target.ts';

/** A line of the list of runs. */
export interface RunSummary {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly program: string;
  readonly target: Target;
  readonly input: string;
  readonly success: boolean;
  readonly headline: string;
  /** Units of {@link fuelModel}; null where nothing ran or nothing is known. */
  readonly fuel: number | null;
  /** Whether it used at least that, as it was cut short. */
  readonly fuelAtLeast: boolean;
  readonly fuelModel: FuelModel;
  /** Kept until it is removed, however many runs follow. */
  readonly pinned: boolean;
  /** Whether it is known where its fuel went. */
  readonly profiled: boolean;
}

/** Two runs beside each other, the earlier one first. */
export interface RunComparison {
  readonly before: ComparedRun;
  readonly after: ComparedRun;
  /** Why their fuel can't be held against each other; null where it can. */
  readonly incomparable: string | null;
  readonly output: TextDifference;
  readonly stderr: TextDifference;
  /** Null where not both were profiled. */
  readonly costs: ComparedCosts | null;
}

export interface ComparedRun {
  readonly summary: RunSummary;
  readonly buildMs: number | null;
  readonly measures: PanelMeasures | null;
}

/** How the later text differs, JSON laid out before it is compared. */
export type TextDifference =
  | { readonly kind: 'same' }
  | {
      readonly kind: 'different';
      readonly added: number;
      readonly removed: number;
      readonly lines: readonly DiffLine[];
    }
  /** Too long, or too different, to compare line by line in passing. */
  | { readonly kind: 'not-compared' };

export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed' | 'cut';
  readonly text: string;
}

/** Functions and lines that got dearer or cheaper, the largest change first. */
export interface ComparedCosts {
  readonly functions: readonly ComparedCost[];
  readonly lines: readonly ComparedCost[];
}

/** Units of fuel of one function's own code, or of one line. */
export interface ComparedCost {
  /** The function's name, or `file:line`. */
  readonly name: string;
  /** Where it is; null where that isn't known. */
  readonly place: string | null;
  readonly before: number;
  readonly after: number;
}
