import type { ModuleSummary } from '../wasm/summary.ts';
import type { FormatName, Target } from '../shared/target.ts';
import type { LoadGuest } from './guest.ts';

/**
 * A format the executor runs. This list is the only place that knows which formats exist: detection follows its
 * order, and the compiler asks it which targets are valid. To add one, see docs/adding-a-target.md.
 */
export interface Format {
  readonly name: FormatName;
  /** As people call it. */
  readonly title: string;
  /** rustc's targets that make it; the first is the one to build for, the rest are aliases of it. */
  readonly targets: readonly [Target, ...Target[]];
  /** What its files are; a named target accepts these and leaves the rest to its loader. */
  readonly kind: 'module' | 'component';
  /** Whether the bytes look like it. */
  readonly matches: (summary: ModuleSummary) => boolean;
  /** Loaded at the first run only, so that listing formats costs nothing. */
  readonly loader: () => Promise<LoadGuest>;
}

const isWasi = (module: string) => module === 'wasi_snapshot_preview1' || module === 'wasi_unstable';

export const formats: readonly Format[] = [
  {
    name: 'p2',
    title: 'WASI Preview 2 component',
    targets: ['wasm32-wasip2'],
    kind: 'component',
    matches: (summary) => summary.kind === 'component',
    loader: async () => (await import('./wasiP2.ts')).loadWasiP2,
  },
  {
    name: 'p1',
    title: 'WASI Preview 1 module',
    targets: ['wasm32-wasip1', 'wasm32-wasi'],
    kind: 'module',
    matches: (summary) =>
      summary.kind === 'module' &&
      (summary.exports.some((e) => e.name === '_start') || summary.imports.some((i) => isWasi(i.module))),
    loader: async () => (await import('./wasiP1.ts')).loadWasiP1,
  },
  {
    name: 'unknown',
    title: 'bare WebAssembly module',
    targets: ['wasm32-unknown-unknown'],
    kind: 'module',
    matches: (summary) => summary.kind === 'module',
    loader: async () => (await import('./wasmUnknown.ts')).loadWasmUnknown,
  },
];

/** The names of targets that builds and runs take. */
export const validTargets: readonly Target[] = formats.flatMap((format) => [...format.targets]);

/** The format that a target makes; undefined for a name that is no target. */
export function formatOfTarget(target: string): Format | undefined {
  return formats.find((format) => (format.targets as readonly string[]).includes(target));
}
