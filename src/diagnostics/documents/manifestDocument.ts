import { type CrateManifest, parseManifest } from '../../rust/manifest.ts';
import { type ProfileKind, profileKinds } from '../../shared/profileKind.ts';
import { isRecord } from '../../shared/shapes.ts';
import { startOfFile, type Range } from '../position.ts';
import { TomlDocument, type TomlEntry } from './tomlDocument.ts';

/** A crate that a package depends on when it is built for WebAssembly. */
export interface Dependency {
  /** As crates.io knows it, whatever the manifest renames it to. */
  readonly crate: string;
  /** Of its version, as `1.2`; null where there is none, as for a path. */
  readonly requirement: string | null;
  readonly features: readonly string[];
  readonly defaultFeatures: boolean;
  readonly git: boolean;
  readonly entry: TomlEntry;
}

/** A Cargo.toml: its text with positions, and what rules ask of it. */
export class ManifestDocument extends TomlDocument {
  /** Null for text that is no TOML. */
  readonly manifest: CrateManifest | null;
  /** Those that are always there: neither optional ones outside of the default features nor those of other platforms. */
  readonly dependencies: readonly Dependency[];
  readonly defaultFeatures: ReadonlySet<string>;
  /** Of the workspace that it is a member of; what says `workspace = true` stands there, else in its own. */
  readonly workspace: TomlDocument | undefined;

  constructor(path: string, text: string, workspace?: TomlDocument) {
    super(path, text);
    this.workspace = workspace;
    this.manifest = parseManifest(text.replace(/^\uFEFF/, ''));
    this.defaultFeatures = enabledFeatures(this);
    this.dependencies = this.#readDependencies();
  }

  get packageName(): string | null {
    return this.manifest?.package?.name ?? null;
  }

  /** Where the package is named; the start of the file where it isn't. */
  get packageRange(): Range {
    return this.find('package', 'name')?.valueRange ?? this.find('package')?.keyRange ?? startOfFile;
  }

  get edition(): string | null {
    const inherits = this.value('package', 'edition', 'workspace') === true;
    return inherits
      ? (this.workspace ?? this).string('workspace', 'package', 'edition')
      : this.string('package', 'edition');
  }

  /** The library's crate types as written; null where none are. */
  get crateTypes(): readonly string[] | null {
    const types = this.value('lib', 'crate-type') ?? this.value('lib', 'crate_type');
    return Array.isArray(types) ? types.filter((type) => typeof type === 'string') : null;
  }

  get isProcMacro(): boolean {
    return (
      this.value('lib', 'proc-macro') === true ||
      this.value('lib', 'proc_macro') === true ||
      (this.crateTypes?.includes('proc-macro') ?? false)
    );
  }

  get profileKind(): ProfileKind | null {
    const named = this.value('package', 'metadata', 'wasi-workbench', 'profile');
    return profileKinds.find((kind) => kind === named) ?? null;
  }

  #readDependencies(): Dependency[] {
    const found: Dependency[] = [];
    for (const { name, first } of this.below('dependencies')) {
      const own = dependencyTable(this.value('dependencies', name));
      if (own['optional'] === true && !this.defaultFeatures.has(name)) continue;
      const inherits = own['workspace'] === true;
      const table = inherits
        ? dependencyTable((this.workspace ?? this).value('workspace', 'dependencies', name))
        : own;
      found.push({
        crate: typeof table['package'] === 'string' ? table['package'] : name,
        requirement: typeof table['version'] === 'string' ? table['version'] : null,
        features: [...strings(table['features']), ...(inherits ? strings(own['features']) : [])],
        defaultFeatures: table['default-features'] !== false,
        git: typeof table['git'] === 'string',
        entry: first,
      });
    }
    return found;
  }
}

/** What stands for a dependency, which may be its version alone. */
function dependencyTable(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'string') return { version: value };
  return isRecord(value) ? value : {};
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** What the feature `default` turns on, names of optional dependencies included. */
function enabledFeatures(manifest: TomlDocument): Set<string> {
  const enabled = new Set<string>();
  const add = (feature: string): void => {
    const name = feature.replace(/^dep:/, '').replace(/\??\/.*/, '');
    if (feature.includes('?/') || enabled.has(name)) return;
    enabled.add(name);
    const more = manifest.value('features', name);
    if (Array.isArray(more)) more.filter((each) => typeof each === 'string').forEach(add);
  };
  add('default');
  return enabled;
}
