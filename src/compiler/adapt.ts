import { readFile } from 'node:fs/promises';
import { WorkbenchError } from '../shared/workbenchError.ts';

/** The name by which a preview 1 module imports it, and by which the adapter stands in for it. */
const preview1 = 'wasi_snapshot_preview1';
const adapterFile = 'wasi_snapshot_preview1.command.wasm';

/**
 * Makes a preview 1 command a component that runs under WASI 0.2, with wasm-tools and the command adapter that jco
 * carries. Loads 2.4 MB at its first use.
 *
 * @throws WorkbenchError `adapt-failed`
 */
export async function adaptToComponent(wasm: Uint8Array): Promise<Uint8Array> {
  try {
    const { componentNew } = await import('@bytecodealliance/jco-transpile/wasm-tools');
    return await componentNew(wasm, [[preview1, await readAdapter()]]);
  } catch (error) {
    throw new WorkbenchError('adapt-failed', 'The preview 1 module could not be made a component.', {
      cause: causeOf(error),
      hint: 'Install the target with "rustup target add wasm32-wasip2" and build for it directly.',
      actions: [{ kind: 'install-target', target: 'wasm32-wasip2', toolchain: null }],
      error,
    });
  }
}

/** Beside the bundle; in jco's own folder where the sources run as they are. */
async function readAdapter(): Promise<Uint8Array> {
  try {
    return await readFile(new URL(adapterFile, import.meta.url));
  } catch {
    return readFile(new URL(`../../node_modules/@bytecodealliance/jco/lib/${adapterFile}`, import.meta.url));
  }
}

/** wasm-tools throws an object that carries its message as `payload`. */
function causeOf(error: unknown): string {
  const { payload } = error as { payload?: unknown };
  if (typeof payload === 'string') return payload;
  return error instanceof Error ? error.message : String(error);
}
