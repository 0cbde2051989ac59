import { readFile } from 'node:fs/promises';
import { checkWasm } from '../diagnostics/check.ts';
import { WasmDocument } from '../diagnostics/documents/wasmDocument.ts';
import type { Finding } from '../diagnostics/finding.ts';
import { outlayerOptions, type OutlayerSettings } from '../shared/outlayer.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import type { CheckSettings } from './settings.ts';
import { stampOf } from './snapshotFiles.ts';

/** Of the files that were looked at last, what was found, and when that holds. */
const knownWasm = new Map<string, { readonly state: string; readonly findings: Finding[] }>();
const mostKnown = 100;

/**
 * What is wrong with a .wasm file; nothing where it is gone. One that hasn't changed is not read again.
 *
 * @param cases what its saved cases say of the worker
 */
export async function wasmFindings(
  path: string,
  settings: CheckSettings,
  cases: readonly OutlayerSettings[] = [],
): Promise<Finding[]> {
  const stamp = await stampOf(path);
  const { rules, profileKind, outlayer } = settings;
  const state = JSON.stringify([stamp, rules, profileKind, outlayer, cases]);
  const known = knownWasm.get(path);
  if (known?.state === state) return known.findings;
  const findings = stamp === null ? [] : await readWasm(path, settings, cases);
  if (knownWasm.size >= mostKnown) knownWasm.clear();
  knownWasm.set(path, { state, findings });
  return findings;
}

async function readWasm(
  path: string,
  settings: CheckSettings,
  cases: readonly OutlayerSettings[],
): Promise<Finding[]> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) return [];
  try {
    return checkWasm(
      new WasmDocument(
        path,
        bytes,
        null,
        [null, ...cases].map((own) =>
          outlayerOptions(settings.profileKind ?? 'wasi', settings.outlayer, own),
        ),
      ),
      settings.rules,
    );
  } catch (thrown) {
    // What can't be read can't be judged; running it says what is wrong.
    if (thrown instanceof WorkbenchError) return [];
    throw thrown;
  }
}
