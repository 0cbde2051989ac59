import { meantName } from '../shared/meantName.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';

/** The error of a command line that can't be understood; exit code 2. */
export function usageError(message: string, hint: string): WorkbenchError {
  return new WorkbenchError('usage', message, { hint });
}

/**
 * The hint after a name that is none of the known ones.
 *
 * @param all a sentence that says which those are
 */
export function didYouMean(name: string, known: readonly string[], all = '--help lists them all.'): string {
  const meant = meantName(name, known);
  return meant === null ? all : `Did you mean ${meant}? ${all}`;
}
