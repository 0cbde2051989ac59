import { readFile } from 'node:fs/promises';
import { casesOf, inputsPath } from '../cases/inputsFile.ts';
import type { SavedInput } from '../shared/savedInput.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import { didYouMean, usageError } from './usage.ts';

/**
 * A crate's saved cases, or those of the names given.
 *
 * @throws WorkbenchError `file-not-found` where there are none, `usage` for a wrong file or name
 */
export async function savedCases(
  crateDir: string,
  names: readonly string[] | undefined,
): Promise<readonly SavedInput[]> {
  const path = inputsPath(crateDir);
  const source = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new WorkbenchError('file-not-found', 'This crate has no saved inputs.', {
      cause: (error as Error).message,
      hint: `Write them into ${path}: “WASI: Open Inputs File” in VS Code begins one.`,
      error,
    });
  });
  const all = casesOf(source, path).map(({ saved }) => saved);
  if (all.length === 0) throw usageError(`${path} has no cases.`, 'Add one to its “cases”.');
  if (names === undefined) return all;
  const known = all.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const list = `Its cases are ${known.join(', ')}.`;
    throw usageError(`There is no case ${unknown}.`, didYouMean(unknown, known, list));
  }
  return all.filter(({ name }) => names.includes(name));
}
