import type { FuelChange } from '../../shared/panelRun.ts';
import { comparableFuel, type RunIdentity, type RunRecord } from './runRecord.ts';

/**
 * Holds a run's fuel against the latest earlier one of the same program that it can be compared with, whatever their
 * limits were. Where there is none, it says what sets the last one apart.
 *
 * @param earlier the newest first
 */
export function fuelChange(record: RunRecord, earlier: readonly RunRecord[]): FuelChange {
  const { crateDir, program } = record.identity;
  const ran = earlier.filter(
    ({ identity, run }) =>
      identity.crateDir === crateDir && identity.program === program && run.outcome?.measures,
  );
  if (comparableFuel(record) === null) return { kind: 'incomparable', reason: whyNotThis(record) };
  for (const other of ran) {
    const before = comparableFuel(other);
    if (before === null || differenceOf(record.identity, other.identity) !== null) continue;
    return { kind: 'changed', since: other.run.id, before };
  }
  const last = ran[0];
  if (last === undefined) return { kind: 'first' };
  const difference = differenceOf(record.identity, last.identity);
  return { kind: 'incomparable', reason: difference ?? 'The last run did not succeed' };
}

/** Why the fuel of two runs says nothing about the program's own change; null where it does. */
export function differenceOf(one: RunIdentity, other: RunIdentity): string | null {
  if (one.crateDir !== other.crateDir || one.program !== other.program)
    return 'Other program than in the last run';
  if (one.target !== other.target) return `The last run was for ${other.target}`;
  if (one.fuelModel !== other.fuelModel) return `The last run was counted as ${other.fuelModel}`;
  if (one.input === null || one.input !== other.input) return 'Other input than in the last run';
  return null;
}

function whyNotThis({ run: { outcome } }: RunRecord): string {
  if (!outcome?.measures) return 'Nothing ran';
  return outcome.success ? 'Fuel is not known exactly' : 'Not compared, as it failed';
}
