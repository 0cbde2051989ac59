import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Target } from '../../shared/target.ts';
import { WorkbenchError } from '../../shared/workbenchError.ts';
import type { PlannedInput, RunPlan } from '../run/plan.ts';
import { requireTrust } from '../trust.ts';

/** A program that needs no build. */
export interface WasmProgram {
  readonly wasm: Uint8Array;
  readonly artefactPath: string;
  readonly buildMs: null;
  readonly notes: readonly string[];
}

/** The plan to run a .wasm file as it is; its settings are those of its folder. */
export function planOfWasmFile(path: string, input: PlannedInput): RunPlan {
  return {
    crateDir: dirname(path),
    runnable: { kind: 'bin', name: basename(path), package: '' },
    target: null,
    input,
    wasmFile: path,
  };
}

/**
 * Reads the file anew for each run, since it may have been built meanwhile.
 *
 * @throws WorkbenchError `untrusted-workspace`, `file-not-found`
 */
export async function readWasmProgram(path: string): Promise<WasmProgram> {
  requireTrust();
  try {
    return { wasm: await readFile(path), artefactPath: path, buildMs: null, notes: [] };
  } catch (error) {
    throw new WorkbenchError('file-not-found', `The program ${path} can't be read.`, {
      cause: error instanceof Error ? error.message : String(error),
      hint: 'Build it again, or choose another with “Run a .wasm File…”.',
      error,
    });
  }
}

/**
 * The target that a file's format stands for.
 *
 * @throws WorkbenchError `file-not-found`, `unknown-format`
 */
export async function targetOfWasmFile(path: string): Promise<Target> {
  const { selectFormat } = await import('../../executor/detect.ts');
  return selectFormat((await readWasmProgram(path)).wasm, null).target;
}
