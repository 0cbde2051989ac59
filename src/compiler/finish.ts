import { byteSize } from '../shared/text.ts';
import type { FormatName } from '../shared/target.ts';
import type { OptimiseReport } from './buildRequest.ts';
import { ContentCache } from './contentCache.ts';
import { strip } from './strip.ts';
import { type WasmOpt, wasmOptFlags } from './wasmOpt.ts';

/** The artefact on its way from cargo's to the one that is run. */
export interface Artefact {
  readonly path: string;
  readonly wasm: Uint8Array;
  readonly notes: readonly string[];
}

export interface Optimised extends Artefact {
  readonly report: OptimiseReport;
}

/** Bumped when {@link strip} makes other bytes. */
const stripName = 'strip 1, as of wasm-tools 1.262';

/** Names the package whose adapter decides the bytes, so that a new one's are not taken for an old one's. */
export const adapterName = 'adapter of @bytecodealliance/jco 1.35';

const adaptedNote =
  'Built for wasm32-wasip1 and adapted into a component, because wasm32-wasip2 is not installed (rustup target add wasm32-wasip2).';

/** Makes a preview 1 module a component with jco's command adapter. */
export async function adapt(artefact: Artefact, cache: ContentCache): Promise<Artefact> {
  const { adaptToComponent } = await import('./adapt.ts');
  const adapted = await throughCache(artefact, adapterName, cache, () => adaptToComponent(artefact.wasm));
  return { ...adapted, notes: [adaptedNote, ...adapted.notes] };
}

/** The build that the worker makes of cargo's: wasm-opt for a core module, strip for a component. */
export async function optimise(
  artefact: Artefact,
  format: FormatName,
  cache: ContentCache,
  wasmOpt: WasmOpt,
  signal: AbortSignal | undefined,
): Promise<Optimised> {
  if (format === 'p2') return optimiseComponent(artefact, cache);
  const optimiser = await wasmOpt.version();
  const tool = [optimiser, ...wasmOptFlags].join(' ');
  const optimised = await throughCache(artefact, tool, cache, () => wasmOpt.optimise(artefact.wasm, signal));
  return withReport(artefact, optimised, optimiser);
}

async function optimiseComponent(artefact: Artefact, cache: ContentCache): Promise<Optimised> {
  const { wasm, removed } = strip(artefact.wasm);
  const optimised = await throughCache(artefact, stripName, cache, () => wasm);
  const notes = removed.includes('outlayer.manifest')
    ? [
        ...optimised.notes,
        'Stripping removed the section outlayer.manifest, and with it the network allow-list.',
      ]
    : optimised.notes;
  return withReport(artefact, { ...optimised, notes }, stripName);
}

function withReport(before: Artefact, after: Artefact, optimiser: string): Optimised {
  const report = { bytesBefore: before.wasm.length, bytesAfter: after.wasm.length, optimiser };
  return { ...after, report };
}

async function throughCache(
  { path, wasm, notes }: Artefact,
  tool: string,
  cache: ContentCache,
  make: () => Uint8Array | Promise<Uint8Array>,
): Promise<Artefact> {
  const key = ContentCache.key(tool, wasm);
  const cached = await cache.get(key);
  if (cached) return { path: cached.path, wasm: cached.bytes, notes };
  const made = await make();
  const kept = await cache.put(key, made);
  if (kept !== null) return { path: kept, wasm: made, notes };
  return {
    path,
    wasm: made,
    notes: [...notes, `The cache could not keep the result, so the file on disk is cargo's own: ${path}.`],
  };
}

/** The most the worker takes. */
const workerMaxBytes = 10 * 1024 * 1024;

/** A sentence about a size the worker refuses, or none. */
export function sizeNotes(wasm: Uint8Array): string[] {
  if (wasm.length <= workerMaxBytes) return [];
  return [`The program has ${byteSize(wasm.length)}, and the OutLayer worker takes at most 10 MiB.`];
}
