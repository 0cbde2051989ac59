import type { Redaction, TapeOptions } from '../shared/cassette.ts';
import type { RunResult } from '../shared/runResult.ts';
import { readCassette, writeCassette } from './cassetteFile.ts';

/** Whether a run is written down, read back, or neither. */
export const tapeModes = ['off', 'record', 'replay'] as const;
export type TapeMode = (typeof tapeModes)[number];

/** A run's cassette: what the executor is told of it, and where what was recorded is to be kept. */
export interface Taping {
  /** Left out of a run that is neither recorded nor replayed. */
  readonly options: { readonly tape?: TapeOptions };
  /** Null where nothing is recorded. */
  readonly keepAt: string | null;
}

/** @throws WorkbenchError `file-not-found` or `usage` for a cassette that is to be replayed and can't be read */
export async function tapingOf(mode: TapeMode, path: string, redaction: Redaction): Promise<Taping> {
  switch (mode) {
    case 'off':
      return { options: {}, keepAt: null };
    case 'record':
      return { options: { tape: { mode, redaction } }, keepAt: path };
    case 'replay':
      return { options: { tape: { mode, redaction, cassette: await readCassette(path) } }, keepAt: null };
  }
}

/**
 * Keeps what was recorded.
 *
 * @returns a sentence about it; null where nothing was to be recorded
 * @throws WorkbenchError `file-not-found` where it can't be written
 */
export async function keepRecording(
  { keepAt }: Taping,
  { recording }: Pick<RunResult, 'recording'>,
): Promise<string | null> {
  if (keepAt === null) return null;
  if (recording === null) {
    return 'Nothing was recorded: the run was lost, or got more from outside than a cassette holds.';
  }
  await writeCassette(keepAt, recording);
  const requests = recording.http.length === 1 ? '1 request' : `${recording.http.length} requests`;
  return `Recorded ${requests} in ${keepAt}.`;
}
