import { WorkbenchError } from '../shared/workbenchError.ts';
import { exportedSignatures } from '../wasm/functionTypes.ts';
import { summarise } from '../wasm/summary.ts';
import type { Guest, LoadGuest } from './guest.ts';
import type { World } from './host/world.ts';
import { checkNoImports } from './wasmUnknownChecks.ts';
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
  checkNoImports(summary);
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
