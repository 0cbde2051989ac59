import { originOf } from '../../profile/origin.ts';
import { stablePath } from '../../profile/stablePath.ts';
import type { Profile } from '../../shared/profile.ts';
import type { ErrorValue, Frame } from '../../shared/workbenchError.ts';

/** A limit that was met, and the line of the user's own that used most of it, where the run was profiled. */
export function withHottestLine(error: ErrorValue, profile: Profile | null): ErrorValue {
  if ((error.code !== 'out-of-fuel' && error.code !== 'out-of-time') || !profile?.hottest) return error;
  const { file, line, self } = profile.hottest;
  const share = Math.round((100 * self) / (profile.fuel + profile.uncounted));
  if (share === 0) return error;
  const limit = error.code === 'out-of-fuel' ? 'limit, maxInstructions,' : 'time limit,';
  return {
    ...error,
    hint: `Raise the ${limit} or mend ${stablePath(file)}:${line}, where ${share} % of the fuel went.`,
    actions: [...error.actions, { kind: 'open-source', file, line }],
  };
}

/** Where a run was, as `app/src/main.rs:12`, by the innermost frame in the user's own code; null without line tables. */
export function placeInOwnCode(backtrace: readonly Frame[]): string | null {
  const own = backtrace.find(({ file, line }) => line !== null && originOf(file).origin === 'yours');
  return own === undefined ? null : `${stablePath(own.file!)}:${own.line}`;
}
