/** The context keys that `when` clauses and steps of the walkthrough in package.json may ask for. */
export const contextKeys = {
  /** The extension is active: there is Rust in the window. */
  active: 'wasi-workbench.active',
  /** Something is being built or run. */
  busy: 'wasi-workbench.busy',
  /** `off`, `record` or `replay`. */
  tapeMode: 'wasi-workbench.tapeMode',
  /** The sample program was made, in this window or for it. */
  sampleMade: 'wasi-workbench.sampleMade',
  /** The toolchain has the target that the crate at hand is built for. */
  targetReady: 'wasi-workbench.targetReady',
  /** A program has run. Commands don't tell: those of lenses reach the walkthrough under other names. */
  ran: 'wasi-workbench.ran',
  /** A second run has ended: its fuel can be held against the first. */
  ranAgain: 'wasi-workbench.ranAgain',
  /** A run has ended in an error. */
  failed: 'wasi-workbench.failed',
  /** An input was chosen to run a program with, or kept as a case. */
  inputChosen: 'wasi-workbench.inputChosen',
} as const;
