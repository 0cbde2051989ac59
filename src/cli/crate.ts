import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { WorkbenchError } from '../shared/workbenchError.ts';
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
