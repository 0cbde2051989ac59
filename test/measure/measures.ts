/** What a window costs, as its extension host sees it. */
export interface EditorMeasures {
  readonly activationMs: number;
  /** From opening a file to its lenses, the first one cold. */
  readonly lensMs: readonly number[];
  /** MiB of each process, at rest: with sources open, and after a run. */
  readonly openedMb: Readonly<Record<string, number>>;
  readonly ranMb: Readonly<Record<string, number>>;
}
