import { WorkbenchError } from '../../../shared/workbenchError.ts';
import { databasePath, WorkerDatabase } from './database.ts';

/** SQLite's result codes (sqlite3.h) for a file that is damaged, and for one that never was a database. */
const damaged: readonly (number | undefined)[] = [11, 26];

/**
 * Opens what the worker's interfaces keep between runs, in a file that is made where it is missing.
 *
 * @param folder null where the environment names none
 * @throws WorkbenchError `file-not-found` where it can't be opened, with the path and the next step
 */
export function openDatabase(folder: string | null): WorkerDatabase {
  try {
    if (folder === null) throw new Error('no folder was named');
    return new WorkerDatabase(folder);
  } catch (error) {
    const { message, errcode } = error as Error & { errcode?: number };
    const path = folder === null ? '' : databasePath(folder);
    throw new WorkbenchError(
      'file-not-found',
      'What the worker’s interfaces keep between runs can’t be opened.',
      {
        cause: `${path}: ${message}`,
        hint: damaged.includes(errcode)
          ? 'Move this file away: the next run begins a new one.'
          : 'See that the folder can be written to, or name another one in the variable WASI_WORKBENCH_DATA.',
        error,
      },
    );
  }
}
