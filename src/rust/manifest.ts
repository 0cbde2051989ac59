import { parse } from 'smol-toml';
import { isRecord } from '../shared/shapes.ts';

/** What finding a crate's programs takes of its Cargo.toml. */
export interface CrateManifest {
  /** Null for a virtual manifest, which is a workspace and no package. */
  readonly package: PackageSection | null;
  readonly isWorkspace: boolean;
  readonly bins: readonly TargetSection[];
  readonly examples: readonly TargetSection[];
  /** The name of a library that links to a module of its own, as cargo gives it; null for any other, or none. */
  readonly cdylib: string | null;
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
  /** False for an example that is a library which does not link. */
  readonly links: boolean;
}

/** Null for text that is no TOML: half-typed, or broken. */
export function parseManifest(text: string): CrateManifest | null {
  let document: Table;
  try {
    document = parse(text);
  } catch {
    return null;
  }
  const owner = packageSection(document['package']);
  return {
    package: owner,
    isWorkspace: isRecord(document['workspace']),
    bins: targetSections(document['bin']),
    examples: targetSections(document['example']),
    cdylib: owner && cdylibOf(document['lib'], owner.name),
  };
}

/** The names under `[profile.*]`, as they stand there; none for text that is no TOML. */
export function profilesOfManifest(text: string): string[] {
  try {
    const profiles = parse(text)['profile'];
    return isRecord(profiles) ? Object.keys(profiles) : [];
  } catch {
    return [];
  }
}

function packageSection(section: unknown): PackageSection | null {
  if (!isRecord(section) || typeof section['name'] !== 'string') return null;
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
  return sections.filter(isRecord).flatMap((section) => {
    const { name, path } = section;
    if (typeof name !== 'string') return [];
    const types = crateTypes(section);
    return [
      {
        name,
        path: typeof path === 'string' ? path.replaceAll('\\', '/').replace(/^\.\//, '') : null,
        links: types.length === 0 || types.some((type) => type === 'bin' || type === 'cdylib'),
      },
    ];
  });
}

function cdylibOf(lib: unknown, packageName: string): string | null {
  if (!isRecord(lib) || !crateTypes(lib).includes('cdylib')) return null;
  return typeof lib['name'] === 'string' ? lib['name'] : packageName.replaceAll('-', '_');
}

/** Cargo takes both spellings. */
function crateTypes(section: Table): unknown[] {
  const types = section['crate-type'] ?? section['crate_type'];
  return Array.isArray(types) ? types : [];
}

type Table = Record<string, unknown>;
