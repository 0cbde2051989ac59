import { WorkbenchError } from '../shared/workbenchError.ts';
import { exportedSignatures } from '../wasm/functionTypes.ts';
import { type CoreSummary, summarise } from '../wasm/summary.ts';
import type { Guest, LoadGuest } from './guest.ts';
import type { World } from './host/world.ts';
import { findEntry } from './wasmUnknownEntry.ts';

/**
 * Loads a bare module, which wasm32-unknown-unknown makes. That target says nothing of how a program starts and how
 * data goes in and out; docs/adding-a-target.md has the convention that is followed here, and why.
 */
export const loadWasmUnknown: LoadGuest = async ({ wasm, name, engine, world }) => {
  const summary = summarise(wasm);
  if (summary.kind !== 'module') {
    throw new WorkbenchError('not-a-module', 'Not a valid bare WebAssembly module.', {
      cause: 'The file is not a core module.',
      hint: 'Build the program for wasm32-unknown-unknown, or run this file as what it is.',
    });
  }
  refuseImports(summary);
  const entry = findEntry(exportedSignatures(wasm), summary);
  const [module] = await engine.compile([{ name, bytes: wasm }]);
  const { exports } = engine.instantiate(module!, {});
  return entry.kind === 'data'
    ? dataInDataOut(exports as unknown as DataExports, world)
    : plainCall(exports[entry.name] as (...args: number[]) => unknown, entry.args);
};

interface DataExports {
  readonly memory: WebAssembly.Memory;
  alloc(length: number): number;
  run(pointer: number, length: number): bigint;
}

function refuseImports({ imports }: CoreSummary): void {
  if (imports.length === 0) return;
  const names = imports.map(({ module, name, kind }) => `${module}::${name} (${kind})`);
  const few = names.slice(0, 5).join(', ');
  throw new WorkbenchError(
    'missing-import',
    `A bare module can import nothing, but this one imports ${few}${names.length > 5 ? ', …' : ''}.`,
    { cause: names.join('\n'), hint: importHint(imports.map(({ module }) => module)) },
  );
}

function importHint(modules: readonly string[]): string {
  if (modules.some((module) => module.startsWith('wasi_')))
    return 'It imports WASI: run it as wasm32-wasip1.';
  if (modules.some((module) => module.startsWith('__wbindgen'))) {
    return 'wasm-bindgen is among the dependencies, which is for browsers: find the crate with `cargo tree -i wasm-bindgen` and turn off the feature that brings it in.';
  }
  return 'Link the library that has the functions, or build for wasm32-wasip1, where clocks, files and randomness come from WASI.';
}

function plainCall(entry: (...args: number[]) => unknown, args: readonly number[]): Guest {
  return {
    run() {
      const result = entry(...args);
      return typeof result === 'number' ? result : 0;
    },
  };
}

function dataInDataOut(exports: DataExports, { stdin, stdout }: World): Guest {
  return {
    run() {
      const input = stdin.read(stdin.remaining);
      const pointer = exports.alloc(input.length) >>> 0;
      memoryRange(exports.memory, pointer, input.length, 'alloc').set(input);
      const packed = BigInt.asUintN(64, exports.run(pointer, input.length));
      const output = memoryRange(exports.memory, Number(packed >> 32n), Number(packed & 0xffff_ffffn), 'run');
      if (output.length > stdout.remaining)
        throw new WebAssembly.RuntimeError('the output is larger than its cap');
      stdout.write(output);
      return 0;
    },
  };
}

/** @throws WebAssembly.RuntimeError where the guest answered with a range that is not in its memory */
function memoryRange(memory: WebAssembly.Memory, pointer: number, length: number, by: string): Uint8Array {
  if (pointer + length > memory.buffer.byteLength) {
    throw new WebAssembly.RuntimeError(`${by} returned a range outside of the memory`);
  }
  return new Uint8Array(memory.buffer, pointer, length);
}
