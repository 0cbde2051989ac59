import { noOutlayer, type OutlayerOptions } from '../../shared/outlayer.ts';
import type { Target } from '../../shared/target.ts';
import { targets } from '../../shared/target.ts';
import { type ModuleSummary, summarise } from '../../wasm/summary.ts';

/** A .wasm file, and what it is meant to be. */
export class WasmDocument {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly summary: ModuleSummary;
  /** Named, or told by the folder where cargo put it; null where nothing says. */
  readonly target: Target | null;
  /** What runs of it would have of the worker: one that says nothing itself, then each saved case's own. */
  readonly outlayer: readonly OutlayerOptions[];

  /** @throws WorkbenchError `unsupported-proposal` for a component that uses what can't be read */
  constructor(
    path: string,
    bytes: Uint8Array,
    target: Target | null = null,
    outlayer: readonly OutlayerOptions[] = [noOutlayer],
  ) {
    this.path = path;
    this.bytes = bytes;
    this.summary = summarise(bytes);
    this.outlayer = outlayer;
    this.target = target ?? targetOfPath(path);
  }
}

/** cargo puts artefacts into `target/TARGET/PROFILE/`. */
function targetOfPath(path: string): Target | null {
  const folders = path.split(/[/\\]/);
  const at = folders.lastIndexOf('target');
  return at < 0 ? null : (targets.find((target) => target === folders[at + 1]) ?? null);
}
