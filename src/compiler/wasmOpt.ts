import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WorkbenchError } from '../shared/workbenchError.ts';
import { buildCancelled } from './errors.ts';
import { recognise } from './knownFailures.ts';
import { runTool, type ToolExit } from './runTool.ts';

/** The flags with which the OutLayer worker optimises a preview 1 module. */
export const wasmOptFlags = [
  '-Oz',
  '--strip-dwarf',
  '--strip-producers',
  '--enable-sign-ext',
  '--enable-bulk-memory',
] as const;

const timeoutMs = 300_000;

/** Binaryen's own wasm-opt, compiled to JavaScript, in a child process: it takes seconds and much memory. */
export class WasmOpt {
  readonly #path: string;
  #version: Promise<string> | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** As `wasm-opt --version` prints it, such as `wasm-opt version 132 (version_132)`. */
  version(): Promise<string> {
    this.#version ??= this.#run(['--version'], tmpdir(), undefined).then(({ stdout }) => stdout.trim());
    this.#version.catch(() => (this.#version = undefined));
    return this.#version;
  }

  async optimise(wasm: Uint8Array, signal: AbortSignal | undefined): Promise<Uint8Array> {
    const folder = await mkdtemp(join(tmpdir(), 'wasi-workbench-')).catch(noScratchSpace);
    try {
      await writeFile(join(folder, 'in.wasm'), wasm).catch(noScratchSpace);
      await this.#run([...wasmOptFlags, 'in.wasm', '-o', 'out.wasm'], folder, signal);
      return await readFile(join(folder, 'out.wasm'));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #run(args: readonly string[], cwd: string, signal: AbortSignal | undefined): Promise<ToolExit> {
    const exit = await runTool({
      command: process.execPath,
      args: [this.#path, ...args],
      cwd,
      // An editor's own binary is Electron, which this turns into Node.js.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      signal,
      timeoutMs,
    });
    if (exit.ended === 'exited' && exit.code === 0) return exit;
    throw exit.ended === 'aborted' ? buildCancelled() : optimiseFailed(exit);
  }
}

function noScratchSpace(error: unknown): never {
  throw new WorkbenchError('optimise-failed', 'wasm-opt has no folder to work in.', {
    cause: String(error),
    hint: `Free some space in ${tmpdir()}, and see that it can be written to.`,
    error,
  });
}

function optimiseFailed({ ended, error, stderr }: ToolExit): WorkbenchError {
  if (ended === 'timed-out') {
    return new WorkbenchError('optimise-failed', 'wasm-opt took longer than 300 s and was ended.', {
      hint: 'Run the binary that cargo made, without optimising it.',
    });
  }
  // The validator prints every expression it refuses; the first few tell.
  const cause = stderr.slice(0, 4000) || error || null;
  const known = recognise(stderr);
  if (known !== null) {
    return new WorkbenchError(
      'optimise-failed',
      "wasm-opt refuses this module with the worker's flags, and so would the worker's.",
      { cause, ...known },
    );
  }
  return new WorkbenchError('optimise-failed', 'wasm-opt could not optimise this module.', {
    cause,
    hint: 'Run the binary that cargo made, without optimising it.',
  });
}
