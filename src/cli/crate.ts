import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { BuildEvents, BuildRequest, BuildResult } from '../compiler/build.ts';
import type { Compiler } from '../compiler/compiler.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import type { Output } from './output.ts';
import { renderBuild } from './render.ts';
import { usageError } from './usage.ts';

const crateHint = 'Name a folder that holds a Cargo.toml.';

/**
 * The folder of the crate that an operand names.
 *
 * @throws WorkbenchError `usage` for a file, `file-not-found`
 */
export function crateOf(operand: string): string {
  const crateDir = crateFolder(operand, crateHint);
  if (crateDir !== null) return crateDir;
  throw usageError(`${operand} is no crate.`, crateHint);
}

/**
 * The crate's folder where an operand names one, or its Cargo.toml; null for any other file.
 *
 * @throws WorkbenchError `file-not-found`; `usage` for a Rust source
 */
export function crateFolder(
  operand: string,
  hint = 'Name a .wasm file, or the folder of a crate.',
): string | null {
  const path = resolve(operand);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new WorkbenchError('file-not-found', `There is no file or folder ${operand}.`, {
      cause: path,
      hint,
    });
  }
  if (stats.isDirectory()) return path;
  if (path.endsWith('.rs')) {
    throw usageError(
      `${operand} is a Rust source, which belongs to a crate.`,
      'Name the folder of that crate.',
    );
  }
  return basename(path) === 'Cargo.toml' ? dirname(path) : null;
}

/** Builds, and shows cargo's progress and the compiler's messages on stderr unless `quiet`. */
export async function buildCrate(
  compiler: Compiler,
  request: BuildRequest,
  output: Output,
  quiet: boolean,
  signal: AbortSignal,
): Promise<BuildResult> {
  const built = await compiler.build(request, buildEvents(output, quiet), signal);
  if (!quiet) output.stderr(renderBuild(built));
  return built;
}

/** Shows what a build says on stderr, unless `quiet`. */
export function buildEvents(output: Output, quiet: boolean): BuildEvents {
  if (quiet) return {};
  return {
    onLine: (line) => output.stderr(`${line}\n`),
    onDiagnostic: ({ message }) => output.tell(message.rendered ?? ''),
  };
}
