import type { FuelModel } from '../../shared/fuelModel.ts';
import type { RunSummary } from '../../shared/panelHistory.ts';
import type { PanelRun } from '../../shared/panelRun.ts';
import type { StreamName } from '../../shared/panelStream.ts';
import type { Profile } from '../../shared/profile.ts';
import type { Target } from '../../shared/target.ts';
import type { ErrorValue } from '../../shared/workbenchError.ts';
import type { RunPlan } from '../run/plan.ts';

/** What is kept of a run besides its streams and its profile. Written to the disk, so it holds no secret. */
export interface RunRecord {
  /** Raised whenever the shape changes: records of another one are deleted. */
  readonly version: typeof recordVersion;
  /** As the panel showed it in the end. */
  readonly run: PanelRun;
  readonly identity: RunIdentity;
  /** To run it again; null where its input held a secret. */
  readonly plan: RunPlan | null;
  readonly error: ErrorValue | null;
  readonly pinned: boolean;
  readonly profiled: boolean;
}

export const recordVersion = 2;

/** What two runs must have in common for their fuel to be held against each other. */
export interface RunIdentity {
  readonly crateDir: string;
  /** The program within the crate. */
  readonly program: string;
  readonly target: Target;
  readonly fuelModel: FuelModel;
  /** Of everything that the guest is given but secrets; null where that could not be read. */
  readonly input: string | null;
}

/** A kept run with what belongs to it. */
export interface KeptRun {
  readonly record: RunRecord;
  /** All that was kept of a stream. */
  readonly stream: (name: StreamName) => Promise<Uint8Array>;
  /** Null where it was not profiled. */
  readonly profile: () => Promise<Profile | null>;
}

/** Fuel that can be held against another run's: known exactly, of a run that ended as it was meant to. */
export function comparableFuel({ run: { outcome } }: Pick<RunRecord, 'run'>): number | null {
  const measures = outcome?.measures;
  return outcome?.success && measures?.measured === 'exact' ? measures.fuel : null;
}

/** What the list of runs shows of one. */
export function summaryOf({ run, pinned, profiled }: RunRecord): RunSummary {
  const { id, startedAt, program, target, input, fuelModel, outcome } = run;
  const measures = outcome?.measures;
  return {
    id,
    startedAt,
    program,
    target,
    input,
    success: outcome?.success ?? false,
    headline: outcome?.headline ?? '',
    fuel: measures && measures.measured !== 'lost' ? measures.fuel : null,
    fuelAtLeast: measures?.measured === 'fuel-at-least',
    fuelModel,
    pinned,
    profiled,
  };
}
