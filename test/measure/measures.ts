/** What a window costs, as its extension host sees it. */
export interface EditorMeasures {
  readonly activationMs: number;
  /** Until a file was shown, which is the editor's work, and from then until its lenses; the first ones are cold. */
  readonly openMs: readonly number[];
  readonly lensMs: readonly number[];
  /** Of those the processor's, in the extension host: the rest is the editor's, and waiting on a busy machine. */
  readonly lensCpuMs: readonly number[];
  /** MiB of each process, at rest: with sources open, and after a run. */
  readonly openedMb: Readonly<Record<string, number>>;
  readonly ranMb: Readonly<Record<string, number>>;
}

/** What profiling a large program takes, as who presses the lens sees it. */
export interface ProfileMeasures {
  /** From the click until the flame graph is drawn, of a program that is built already; cargo looks at it each time. */
  readonly shownMs: readonly number[];
  /** Units of a run. */
  readonly fuel: number;
  /** Bytes of the program without its line tables. */
  readonly bytes: number;
}
