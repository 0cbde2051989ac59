import { join } from 'node:path';

/**
 * The folder of a crate that holds its inputs file, and beside it cassettes and kept costs. Paths in these files are
 * relative to it.
 */
export function inputsFolder(crateDir: string): string {
  return join(crateDir, '.wasi-workbench');
}
