import type { RunRecord } from './runRecord.ts';

/** A kept run and what it takes on the disk. */
export interface StoredRun {
  readonly record: RunRecord;
  readonly bytes: number;
}

/** How much is kept of a workspace's runs. */
export interface Retention {
  readonly runs: number;
  /** Of one program with one input, so that many runs of one don't sweep away all others. */
  readonly runsOfOneInput: number;
  readonly bytes: number;
}

export const retention: Retention = { runs: 60, runsOfOneInput: 12, bytes: 256 * 1024 * 1024 };

/**
 * The runs to delete. Pinned ones stay, and count; the newest stays, since it is the one in sight. Of builds that
 * failed only the newest run stays: there is nothing to look back at.
 *
 * @param runs the newest first
 */
export function expired(
  runs: readonly StoredRun[],
  { runs: most, runsOfOneInput, bytes: mostBytes }: Retention,
): RunRecord[] {
  const ofInput = new Map<string, number>();
  let count = runs.filter(({ record }) => record.pinned).length;
  let bytes = runs.reduce((sum, { record, bytes }) => (record.pinned ? sum + bytes : sum), 0);
  return runs.flatMap(({ record, bytes: own }, position) => {
    if (record.pinned) return [];
    const { crateDir, program, input } = record.identity;
    const key = JSON.stringify([crateDir, program, input]);
    const same = (ofInput.get(key) ?? 0) + 1;
    const ran = record.run.outcome?.measures != null;
    const fits = ran && same <= runsOfOneInput && count < most && bytes + own <= mostBytes;
    if (position > 0 && !fits) return [record];
    ofInput.set(key, same);
    count++;
    bytes += own;
    return [];
  });
}
