import type { FuelModel } from '../../shared/fuelModel.ts';
import type { Profile } from '../../shared/profile.ts';
import type { Measured } from '../../shared/runResult.ts';
import type { CoreEngine } from '../engine/engine.ts';

/**
 * The profile of a run that has ended; null where nothing was counted besides fuel.
 *
 * @param limit the run's maxInstructions, units of fuel
 */
export async function profileOf(
  engine: CoreEngine,
  fuelModel: FuelModel,
  measured: Measured,
  limit: number,
): Promise<Profile | null> {
  const counts = engine.counts();
  if (counts === null) return null;
  const { buildProfile } = await import('../../profile/buildProfile.ts');
  const profile = buildProfile(counts, engine.fuelUsed(), fuelModel);
  return measured === 'fuel-at-least' ? knowingMore(profile, limit) : profile;
}

/** The profile of a run that was cut short: its counters are up to date where the fuel was not written back. */
function knowingMore(profile: Profile, limit: number): Profile {
  const all = profile.fuel + profile.uncounted;
  // As wasmtime would tell: never more than the limit, which the last few operators may have passed.
  const fuel = Math.max(profile.fuel, Math.min(all, limit));
  return { ...profile, fuel, uncounted: all - fuel };
}
