import type { ProfileKind } from '../shared/profileKind.ts';
import type { Target } from '../shared/target.ts';
import type { ManifestDocument } from './documents/manifestDocument.ts';
import type { TomlDocument } from './documents/tomlDocument.ts';
import type { RustSource } from './rust/rustSource.ts';

/** The file that a program or library starts from. */
export interface CrateRoot {
  readonly kind: 'bin' | 'lib' | 'example';
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/** What rules may know of a package besides the document they look at. */
export interface Crate {
  /** Absolute path of the folder that holds the Cargo.toml. */
  readonly dir: string;
  readonly manifest: ManifestDocument;
  /** Null where the package names none. */
  readonly edition: string | null;
  /** Of the files that exist. */
  readonly roots: readonly CrateRoot[];
  /** Every source file that its bins and library have when built for WebAssembly, by path. */
  readonly sources: ReadonlyMap<string, RustSource>;
  /** Its own .cargo/config.toml; null where it has none. */
  readonly config: TomlDocument | null;
  /** Its Cargo.lock, or that of its workspace; null before the first build. */
  readonly lock: string | null;
  /** What .cargo/config.toml, or a setting, builds for; null where nothing is named. */
  readonly target: Target | null;
  readonly profileKind: ProfileKind;
  /**
   * Whether somebody said that it is for WASI: its configuration, its metadata, or an earlier build. Where nobody
   * did, most findings are hints, since it may never be built for WebAssembly.
   */
  readonly meantForWasi: boolean;
  /** Whether a Cargo.toml further up has it as a member. */
  readonly isMember: boolean;
  /** The folder of the repository; null where it is in none. */
  readonly repository: string | null;
}
