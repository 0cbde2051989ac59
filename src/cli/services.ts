import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Compiler, createCompiler } from '../compiler/compiler.ts';
import { createExecutorService, type ExecutorService } from '../executor/process/service.ts';

const cacheDir = join(homedir(), '.cache', 'wasi-workbench');

/** A file of dist/, where the bundled command line is one of them. */
const bundled = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export function compilerService(): Compiler {
  return createCompiler({ cacheDir: join(cacheDir, 'compiler'), wasmOptPath: bundled('wasm-opt.cjs') });
}

export function executorService(): ExecutorService {
  return createExecutorService({ childPath: bundled('executor.js'), cacheDir: join(cacheDir, 'executor') });
}
