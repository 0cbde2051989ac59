/** The context keys that `when` clauses in package.json may ask for. */
export const contextKeys = {
  /** Something is being built or run. */
  busy: 'wasi-workbench.busy',
} as const;
