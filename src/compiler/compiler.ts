import { join } from 'node:path';
import type { ProfileKind } from '../shared/profileKind.ts';
import type { BuildEvents, BuildRequest, BuildResult, Runnable } from './buildRequest.ts';
import { CrateBuilder } from './crateBuilder.ts';
import { ContentCache } from './contentCache.ts';
import { type InstallEvents, installTarget } from './installTarget.ts';
import { crateFolder, profileKindOf, readMetadata } from './metadata.ts';
import { listRunnables } from './runnables.ts';
import { inspectToolchain, type Toolchain } from './toolchain.ts';
import { RustTools } from './rustTools.ts';
import { WasmOpt } from './wasmOpt.ts';

const cacheMaxBytes = 256 * 1024 * 1024;

export interface CompilerOptions {
  /** Folder for adapted and optimised artefacts; made on demand, bounded in size, safe to delete. */
  readonly cacheDir: string;
  /** The bundled optimiser, `dist/wasm-opt.cjs`; started in a child process by an optimised build only. */
  readonly wasmOptPath: string;
  /** The cargo to use, such as a setting's; null or left out looks for one. */
  readonly cargoPath?: string | null;
  /** The environment cargo inherits; this process's own by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly log?: (line: string) => void;
}

/** Turns crates into wasm with the user's own cargo. Its failures are `WorkbenchError`s. */
export interface Compiler {
  /**
   * Builds one runnable. Builds into the same target folder wait for each other. Aborting the signal ends cargo
   * and its children at once and throws `build-cancelled`.
   */
  build(request: BuildRequest, events?: BuildEvents, signal?: AbortSignal): Promise<BuildResult>;
  /**
   * What can be run of a folder: its package's where it is a member, every member's where it is the workspace's
   * root, default members first. Of each package bins first, then examples, then cdylibs; empty where there are none.
   */
  runnables(crateDir: string, signal?: AbortSignal): Promise<Runnable[]>;
  /** What a crate says of itself under `[package.metadata.wasi-workbench]`. */
  crateMetadata(crateDir: string, signal?: AbortSignal): Promise<CrateMetadata>;
  toolchain(crateDir: string, signal?: AbortSignal): Promise<Toolchain>;
  /** `rustup target add`; a toolchain of null is rustup's active one. Lines are rustup's own progress. */
  installTarget(
    target: string,
    toolchain: string | null,
    events?: InstallEvents,
    signal?: AbortSignal,
  ): Promise<void>;
  /** Deletes adapted and optimised artefacts; cargo's own target folders stay. */
  clearCache(): Promise<void>;
}

export interface CrateMetadata {
  /** Null where the crate doesn't say, or says something that is no profile kind. */
  readonly profile: ProfileKind | null;
}

/** Makes a {@link Compiler}; nothing is looked for, started or written before its first use. */
export function createCompiler(options: CompilerOptions): Compiler {
  const { cacheDir, cargoPath = null, env = process.env, log = () => undefined } = options;
  const tools = () => new RustTools(env, cargoPath);
  const cache = new ContentCache(join(cacheDir, 'artefacts'), cacheMaxBytes, log);
  const builder = new CrateBuilder(tools, cache, new WasmOpt(options.wasmOptPath), log);
  return {
    build: (request, events = {}, signal?) => builder.build(request, events, signal),
    runnables: async (crateDir, signal) => {
      const folder = await crateFolder(crateDir);
      return listRunnables(await readMetadata(tools(), folder, { signal }), folder);
    },
    crateMetadata: async (crateDir, signal) => {
      const folder = await crateFolder(crateDir);
      return { profile: profileKindOf(await readMetadata(tools(), folder, { signal }), folder) };
    },
    toolchain: async (crateDir, signal) => inspectToolchain(tools(), await crateFolder(crateDir), { signal }),
    installTarget: (target, toolchain, events, signal) =>
      installTarget(tools(), target, toolchain, events, signal),
    clearCache: () => cache.clear(),
  };
}
