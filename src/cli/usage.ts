import { closest } from 'fastest-levenshtein';
import { WorkbenchError } from '../shared/workbenchError.ts';

/** The error of a command line that can't be understood; exit code 2. */
export function usageError(message: string, hint: string): WorkbenchError {
  return new WorkbenchError('usage', message, { hint });
}

/** The hint after a name that is none of the known ones. */
export function didYouMean(name: string, known: readonly string[]): string {
  return `Did you mean ${closest(name, known)}? --help lists them all.`;
}
