/**
 * The build targets by rustc's names. `wasm32-wasi` is the old name of `wasm32-wasip1` and is kept as an alias.
 * Which format a target makes, and how it is built, is told by the registry in `executor/formats.ts`.
 */
export const targets = ['wasm32-wasip2', 'wasm32-wasip1', 'wasm32-wasi', 'wasm32-unknown-unknown'] as const;

export type Target = (typeof targets)[number];

/** What the bytes are, as the executor sees them: a WASI 0.2 component, a WASI preview 1 module, or a bare module. */
export type FormatName = 'p2' | 'p1' | 'unknown';
