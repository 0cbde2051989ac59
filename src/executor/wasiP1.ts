import { summarise } from '../wasm/summary.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import type { LoadGuest } from './guest.ts';
import { openFilesystem } from './host/filesystem/filesystem.ts';
import { preview1 } from './host/preview1/preview1.ts';
import { checkImports, checkNoThreads, checkStartExport } from './wasiP1Checks.ts';

/** Loads a WASI preview 1 command: a core module that imports preview 1 alone and exports `_start`. */
export const loadWasiP1: LoadGuest = async ({ wasm, name, engine, world }) => {
  const summary = summarise(wasm);
  if (summary.kind !== 'module')
    throw new WorkbenchError('not-a-module', 'Not a valid WASI Preview 1 module.', {
      hint: 'Build the program for wasm32-wasip1, or run this file as what it is.',
    });
  checkNoThreads(wasm, summary);

  const filesystem = openFilesystem(world.preopens);
  try {
    const host = preview1(world, filesystem);
    checkImports(wasm, summary);
    checkStartExport(wasm);
    const [compiled] = await engine.compile([{ name, bytes: wasm }]);
    const instance = engine.instantiate(compiled!, host.imports);
    const { memory } = instance.exports;
    if (memory instanceof WebAssembly.Memory) host.attach(memory);
    const start = instance.exports['_start'] as () => void;
    return {
      run() {
        start();
        return 0;
      },
      close: () => filesystem.close(),
    };
  } catch (error) {
    filesystem.close();
    throw error;
  }
};
