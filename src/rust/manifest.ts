import { parse } from 'smol-toml';

/** What finding a crate's programs takes of its Cargo.toml. */
export interface CrateManifest {
  /** Null for a virtual manifest, which is a workspace and no package. */
  readonly package: PackageSection | null;
  readonly isWorkspace: boolean;
  readonly bins: readonly TargetSection[];
  readonly examples: readonly TargetSection[];
}

export interface PackageSection {
  readonly name: string;
  readonly edition2015: boolean;
  readonly autobins: boolean | null;
  readonly autoexamples: boolean | null;
}

/** A `[[bin]]` or `[[example]]`. */
export interface TargetSection {
  readonly name: string;
  /** Relative to the manifest, with `/`; null where cargo infers it. */
  readonly path: string | null;
}

/** Null for text that is no TOML: half-typed, or broken. */
export function parseManifest(text: string): CrateManifest | null {
  let document: Table;
  try {
    document = parse(text);
  } catch {
    return null;
  }
  return {
    package: packageSection(document['package']),
    isWorkspace: isTable(document['workspace']),
    bins: targetSections(document['bin']),
    examples: targetSections(document['example']),
  };
}

/** The names under `[profile.*]`, as they stand there; none for text that is no TOML. */
export function profilesOfManifest(text: string): string[] {
  try {
    const profiles = parse(text)['profile'];
    return isTable(profiles) ? Object.keys(profiles) : [];
  } catch {
    return [];
  }
}

function packageSection(section: unknown): PackageSection | null {
  if (!isTable(section) || typeof section['name'] !== 'string') return null;
  const flag = (key: string) => (typeof section[key] === 'boolean' ? section[key] : null);
  return {
    name: section['name'],
    // Where no edition is named, cargo takes 2015, the only one whose explicit targets turn inference off.
    edition2015: section['edition'] === undefined || section['edition'] === '2015',
    autobins: flag('autobins'),
    autoexamples: flag('autoexamples'),
  };
}

function targetSections(sections: unknown): TargetSection[] {
  if (!Array.isArray(sections)) return [];
  return sections.filter(isTable).flatMap(({ name, path }) =>
    typeof name === 'string'
      ? [
          {
            name,
            path: typeof path === 'string' ? path.replaceAll('\\', '/').replace(/^\.\//, '') : null,
          },
        ]
      : [],
  );
}

type Table = Record<string, unknown>;

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
