/**
 * Which view of a run leads: plain WASI as wasmtime sees it, or the OutLayer worker's.
 * Chosen per crate by `[package.metadata.wasi-workbench] profile = "…"`, else by a setting.
 */
export const profileKinds = ['wasi', 'outlayer'] as const;

export type ProfileKind = (typeof profileKinds)[number];
