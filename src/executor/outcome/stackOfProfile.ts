import type { Profile } from '../../shared/profile.ts';
import type { ErrorValue } from '../../shared/workbenchError.ts';

/** A run that was ended from outside where no stack could be read; its profile has where it was, without lines. */
export function withStackOfProfile(error: ErrorValue, profile: Profile | null): ErrorValue {
  if (profile === null || error.code !== 'out-of-time' || error.backtrace.length > 0) return error;
  const backtrace = (profile.ended ?? []).toReversed().map((at) => {
    const { name, file, line } = profile.functions[at]!;
    return { function: name, file, line, column: null, module: null, offset: null };
  });
  return { ...error, backtrace };
}
