import type { ComparedRun, RunComparison } from '../../shared/panelHistory.ts';
import type { StreamName } from '../../shared/panelStream.ts';
import { decodeUtf8 } from '../../shared/text.ts';
import { differenceOf } from './fuelChange.ts';
import { comparableFuel, summaryOf, type KeptRun, type RunRecord } from './runRecord.ts';
import { textDifference } from './textDifference.ts';

/** Two runs beside each other; the earlier one comes first, however they were chosen. */
export async function compareRuns(one: KeptRun, other: KeptRun): Promise<RunComparison> {
  const [before, after] =
    one.record.run.startedAt <= other.record.run.startedAt ? [one, other] : [other, one];
  const difference = async (name: StreamName) => {
    const [earlier, later] = await Promise.all([before.stream(name), after.stream(name)]);
    return textDifference(decodeUtf8(earlier), decodeUtf8(later));
  };
  return {
    before: comparedRun(before.record),
    after: comparedRun(after.record),
    incomparable: whyIncomparable(before.record, after.record),
    output: await difference('output'),
    stderr: await difference('stderr'),
    costs: null,
  };
}

function comparedRun(record: RunRecord): ComparedRun {
  const { buildMs, outcome } = record.run;
  return { summary: summaryOf(record), buildMs, measures: outcome?.measures ?? null };
}

function whyIncomparable(before: RunRecord, after: RunRecord): string | null {
  const difference = differenceOf(after.identity, before.identity);
  if (difference !== null) return difference;
  const known = [before, after].every((record) => comparableFuel(record) !== null);
  return known ? null : 'One of them did not succeed';
}
