import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BuildRequest, BuildResult } from '../../../src/compiler/buildRequest.ts';
import { type Compiler, createCompiler } from '../../../src/compiler/compiler.ts';
import { type ErrorValue, WorkbenchError } from '../../../src/shared/workbenchError.ts';

/** Binaryen's own command line tool, which the bundle copies. */
export const wasmOptPath = createRequire(import.meta.url).resolve('binaryen/bin/wasm-opt');

/** A scratch folder with crates and a compiler whose cache is in it; disposing deletes it. */
export class Scratch implements AsyncDisposable {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Paths are as users have them: with a space and a letter beyond ASCII. */
  static async create(): Promise<Scratch> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'wörk bench ')));
    return new Scratch(folder);
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  /** Writes files, by their paths in the scratch folder, and returns the folder of the first. */
  async write(files: Readonly<Record<string, string>>): Promise<string> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(this.path(path)), { recursive: true });
      await writeFile(this.path(path), text);
    }
    return dirname(this.path(Object.keys(files)[0]!));
  }

  compiler(env: Record<string, string | undefined> = {}, cacheDir = this.path('cache')): Compiler {
    // What the shell of whoever runs the tests has set is no part of them.
    const clean = { CARGO_TARGET_DIR: undefined, RUSTFLAGS: undefined, RUSTUP_AUTO_INSTALL: '0' };
    return createCompiler({ cacheDir, wasmOptPath, env: { ...process.env, ...clean, ...env } });
  }

  build(request: Partial<BuildRequest> & { crateDir: string }): Promise<BuildResult> {
    return this.compiler().build({ target: 'wasm32-wasip1', runnable: null, profile: 'dev', ...request });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** A manifest with the package's name and more lines below `[package]`. */
export function manifest(name: string, more = ''): string {
  return `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${more}`;
}

export const hello = 'fn main() { println!("hello"); }\n';

/** The error value that a promise rejects with. */
export async function errorOf(promise: Promise<unknown>): Promise<ErrorValue> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof WorkbenchError) return error.value;
    throw error;
  }
  throw new Error('nothing was thrown');
}
