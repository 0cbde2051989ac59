import { parse } from 'smol-toml';

interface LockedPackage {
  readonly name: string;
  readonly dependencies: readonly string[];
}

/**
 * How a crate comes into a package's build, both included, by the shortest way through its Cargo.lock; null where it
 * doesn't. The file lists the dependencies of all platforms and features, so the way may be one of several.
 */
export function dependencyPath(lock: string, from: string, to: string): string[] | null {
  const packages = lockedPackages(lock);
  const queue = [[from]];
  const seen = new Set([from]);
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const last = path.at(-1)!;
    if (last === to) return path;
    for (const { name, dependencies } of packages) {
      if (name !== last) continue;
      for (const next of dependencies) {
        if (seen.has(next)) continue;
        seen.add(next);
        queue.push([...path, next]);
      }
    }
  }
  return null;
}

/** The versions of a crate that a Cargo.lock has. Read as cargo writes it, since each check asks and the file is long. */
export function lockedVersions(lock: string, crate: string): string[] {
  const entry = new RegExp(`^name = "${crate}"\\r?\\nversion = "([^"]+)"`, 'gm');
  return Array.from(lock.matchAll(entry), ([, version = '']) => version);
}

/** None for text that is no lock file. */
function lockedPackages(lock: string): LockedPackage[] {
  let packages: unknown;
  try {
    packages = parse(lock)['package'];
  } catch {
    return [];
  }
  if (!Array.isArray(packages)) return [];
  return (packages as Record<string, unknown>[]).flatMap(({ name, dependencies }) =>
    typeof name === 'string'
      ? [{ name, dependencies: Array.isArray(dependencies) ? dependencies.map(nameOf) : [] }]
      : [],
  );
}

/** Of `NAME VERSION (SOURCE)`, in which all but the name is left out where it is clear. */
function nameOf(dependency: unknown): string {
  return String(dependency).replace(/ .*/, '');
}
