import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { objectOf } from '../jsonFiles/readers.ts';
import { readJsonFile } from '../jsonFiles/readJsonFile.ts';
import type { Cassette } from '../shared/cassette.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import { cassetteFields } from './cassetteFields.ts';
import { layOut } from './layout.ts';

const read = objectOf(cassetteFields, [
  'version',
  'http',
  'calls',
  'wallClock',
  'monotonicClock',
  'random',
  'timing',
]);

/**
 * Reads what a run is replayed from.
 *
 * @throws WorkbenchError `file-not-found`; `usage` for a file that is no cassette, with every place that is wrong
 */
export async function readCassette(path: string): Promise<Cassette> {
  const source = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new WorkbenchError('file-not-found', 'There is no cassette to replay this run from.', {
      cause: (error as Error).message,
      hint: 'Record one first: --record on the command line, “WASI: Record or Replay Runs…” in VS Code.',
      error,
    });
  });
  return readJsonFile(source, path, 'cassette', read);
}

/**
 * Keeps what a run got from outside, in place of what stood there. A reader sees the old file or the new one.
 *
 * @throws WorkbenchError `file-not-found` where it can't be written
 */
export async function writeCassette(path: string, cassette: Cassette): Promise<void> {
  const aside = `${path}.${process.pid}.new`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(aside, `${layOut(cassette)}\n`);
    await rename(aside, path);
  } catch (error) {
    throw new WorkbenchError('file-not-found', `The cassette ${path} can't be written.`, {
      cause: (error as Error).message,
      hint: 'Name a file in a folder that can be written to.',
      error,
    });
  }
}
