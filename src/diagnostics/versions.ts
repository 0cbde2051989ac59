/** Major, minor and patch; Infinity where the newest is taken. */
export type Version = readonly [major: number, minor: number, patch: number];

/**
 * The version of a crate that a build takes: the one that is locked, else the newest that cargo's requirement admits
 * (https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html). Of a requirement in several parts the first
 * one counts.
 *
 * @param requirement as `1.2`, `=1.2.3` or `~0.5`; null where there is none
 * @param locked versions of the crate in the Cargo.lock
 */
export function builtVersion(requirement: string | null, locked: readonly string[]): Version {
  const newest = newestOf(requirement);
  const fitting = locked.map(exact).filter((version) => admits(newest, version));
  return fitting.length === 1 ? fitting[0]! : newest;
}

/** Whether a version is that one or a newer one. */
export function isAtLeast(version: Version, least: Version): boolean {
  const at = version.findIndex((part, position) => part !== least[position]);
  return at < 0 || version[at]! > least[at]!;
}

/** Its parts are those of the requirement where they are fixed, Infinity where a newer one is taken. */
function newestOf(requirement: string | null): Version {
  const found = /^\s*([=~^]?)\s*(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(requirement ?? '');
  if (found === null) return [Infinity, Infinity, Infinity];
  const [, operator, ...parts] = found as (string | undefined)[];
  const given = parts.map((part) => (part === undefined ? Infinity : Number(part))) as [
    number,
    number,
    number,
  ];
  if (operator === '=') return given;
  if (operator === '~') return [given[0], given[1], Infinity];
  // The first part that isn't 0 is the one that a newer version may not change.
  if (given[0] > 0) return [given[0], Infinity, Infinity];
  return given[1] > 0 ? [0, given[1], Infinity] : given;
}

function admits(newest: Version, version: Version): boolean {
  return newest.every((part, position) => part === Infinity || part === version[position]);
}

function exact(text: string): Version {
  const [major = 0, minor = 0, patch = 0] = text.split(/[.+-]/).map(Number);
  return [major, minor, patch];
}
