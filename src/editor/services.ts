import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { Parser } from 'web-tree-sitter';
import type { Compiler } from '../compiler/compiler.ts';
import type { ExecutorService, ExecutorState } from '../executor/process/service.ts';
import { cargoPath } from './configuration.ts';
import { lazy } from './lazy.ts';

/** What costs time or memory to load, each loaded when something first asks for it. */
export interface Services {
  compiler(): Promise<Compiler>;
  executor(): Promise<ExecutorService>;
  rustParser(): Promise<Parser>;
  /** Names of those that were asked for so far. */
  loaded(): string[];
  dispose(): void;
}

/** @param onExecutorState told of what the process that runs programs does now */
export function createServices(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  onExecutorState: (state: ExecutorState) => void,
): Services {
  const dist = (file: string) => context.asAbsolutePath(join('dist', file));
  const cache = (name: string) => join(context.globalStorageUri.fsPath, name);

  let compilerCargoPath: string | null = null;
  const makeCompiler = () =>
    lazy(async () =>
      (await import('../compiler/compiler.ts')).createCompiler({
        cacheDir: cache('artefacts'),
        wasmOptPath: dist('wasm-opt.cjs'),
        cargoPath: compilerCargoPath,
        log: (line) => log.debug(line),
      }),
    );
  let compiler = makeCompiler();

  const executor = lazy(async () =>
    (await import('../executor/process/service.ts')).createExecutorService({
      childPath: dist('executor.js'),
      cacheDir: cache('executor'),
      dataFolder: (await import('../executor/host/worker/dataFolder.ts')).workerDataFolder(),
      onState: onExecutorState,
      log: (line) => log.debug(line),
    }),
  );

  const rustParser = lazy(async () =>
    (await import('../rust/rustParser.ts')).loadRustParser({
      runtime: dist('web-tree-sitter.wasm'),
      grammar: dist('tree-sitter-rust.wasm'),
    }),
  );

  return {
    compiler() {
      const path = cargoPath();
      if (path !== compilerCargoPath) {
        compilerCargoPath = path;
        compiler = makeCompiler();
      }
      return compiler.get();
    },
    executor: () => executor.get(),
    rustParser: () => rustParser.get(),
    loaded: () =>
      Object.entries({ compiler, executor, rustParser })
        .filter(([, service]) => service.peek() !== undefined)
        .map(([name]) => name),
    dispose() {
      void executor.peek()?.then(
        (service) => service[Symbol.asyncDispose](),
        () => undefined,
      );
    },
  };
}
