/**
 * The environment that has cargo build a profile with line tables and leave them in. The code stays the same; the
 * file grows.
 *
 * @param profile cargo's name for it
 */
export function lineTablesEnvironment(profile: string): Readonly<Record<string, string>> {
  const name = profile.toUpperCase().replaceAll('-', '_');
  return {
    [`CARGO_PROFILE_${name}_DEBUG`]: 'line-tables-only',
    [`CARGO_PROFILE_${name}_STRIP`]: 'none',
  };
}
