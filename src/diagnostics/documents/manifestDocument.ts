import { type CrateManifest, parseManifest } from '../../rust/manifest.ts';
import { type ProfileKind, profileKinds } from '../../shared/profileKind.ts';
import { startOfFile, type Range } from '../position.ts';
import { TomlDocument, type TomlEntry } from './tomlDocument.ts';

/** A crate that a package depends on when it is built for WebAssembly. */
export interface Dependency {
  /** As crates.io knows it, whatever the manifest renames it to. */
  readonly crate: string;
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

  constructor(path: string, text: string) {
    super(path, text);
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
      const value = this.value('dependencies', name);
      const table = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
      if (table['optional'] === true && !this.defaultFeatures.has(name)) continue;
      const features = table['features'];
      found.push({
        crate: typeof table['package'] === 'string' ? table['package'] : name,
        features: Array.isArray(features) ? features.filter((each) => typeof each === 'string') : [],
        defaultFeatures: table['default-features'] !== false,
        git: typeof table['git'] === 'string',
        entry: first,
      });
    }
    return found;
  }
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
