import { compareProfiles } from '../../profile/compareProfiles.ts';
import type { ComparedCosts, ComparedRun, RunComparison } from '../../shared/panelHistory.ts';
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
    costs: await comparedCosts(before, after),
  };
}

/** What changed in the profiles of both; null where one has none. */
async function comparedCosts(before: KeptRun, after: KeptRun): Promise<ComparedCosts | null> {
  const [one, other] = await Promise.all([before.profile(), after.profile()]);
  if (one === null || other === null) return null;
  const folders = [after.record.identity.crateDir];
  const { functions, lines } = compareProfiles({ profile: one, folders }, { profile: other, folders });
  const placed = (file: string | null, line: number | null) =>
    file === null ? null : `${file}${line === null ? '' : `:${line}`}`;
  return {
    functions: functions
      .filter(({ self }) => self.difference !== 0)
      .map(({ name, file, line, self: { before, after } }) => ({
        name: name ?? '',
        place: placed(file, line),
        before,
        after,
      })),
    lines: lines.map(({ file, line, self: { before, after } }) => ({
      name: placed(file, line) ?? '',
      place: null,
      before,
      after,
    })),
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
