import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Compiler, createCompiler } from '../compiler/compiler.ts';
import type { RustReader } from '../diagnostics/rust/rustReader.ts';
import { workerDataFolder } from '../executor/host/worker/dataFolder.ts';
import { createExecutorService, type ExecutorService } from '../executor/process/service.ts';

/** The services as the command line uses them. Neither starts anything before its first use. */
export interface Services {
  compiler(): Compiler;
  executor(): ExecutorService;
  rustReader(): Promise<RustReader>;
}

const cacheDir = join(homedir(), '.cache', 'wasi-workbench');

/** @param dist the folder of the bundles, where the command line is one of them */
export function services(dist: string): Services {
  return {
    compiler: () =>
      createCompiler({ cacheDir: join(cacheDir, 'compiler'), wasmOptPath: join(dist, 'wasm-opt.cjs') }),
    executor: () =>
      createExecutorService({
        childPath: join(dist, 'executor.js'),
        cacheDir: join(cacheDir, 'executor'),
        dataFolder: workerDataFolder(),
      }),
    rustReader: async () => {
      const [{ loadRustParser }, { RustReader }] = await Promise.all([
        import('../rust/rustParser.ts'),
        import('../diagnostics/rust/rustReader.ts'),
      ]);
      const files = {
        runtime: join(dist, 'web-tree-sitter.wasm'),
        grammar: join(dist, 'tree-sitter-rust.wasm'),
      };
      return RustReader.create(await loadRustParser(files));
    },
  };
}
