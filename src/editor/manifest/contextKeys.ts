/** The context keys that `when` clauses in package.json may ask for. */
export const contextKeys = {
  /** The extension is active: there is Rust in the window. */
  active: 'wasi-workbench.active',
  /** Something is being built or run. */
  busy: 'wasi-workbench.busy',
  /** `off`, `record` or `replay`. */
  tapeMode: 'wasi-workbench.tapeMode',
} as const;
