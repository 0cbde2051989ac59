import { dirname, join, relative, sep } from 'node:path';
import { nearestManifest, programOfFile } from '../rust/programs.ts';
import { type Target, targets } from '../shared/target.ts';
import type { Crate, CrateRoot } from './crate.ts';
import { ManifestDocument } from './documents/manifestDocument.ts';
import { TomlDocument } from './documents/tomlDocument.ts';
import type { Files } from './files.ts';
import { moduleCandidates } from './rust/moduleFiles.ts';
import type { RustReader } from './rust/rustReader.ts';
import type { RustSource } from './rust/rustSource.ts';

export interface CrateOptions {
  /** A target that was named; goes before what the crate's configuration names. */
  readonly target?: Target | null;
  /** Whether somebody asked about this very crate. */
  readonly asked?: boolean;
}

/** Reads packages as rules see them. A file that didn't change is not parsed again, one that did only where it did. */
export class CrateReader {
  readonly #files: Files;
  readonly #rust: RustReader;
  readonly #manifests = new Map<string, ManifestDocument>();
  readonly #sources = new Map<string, RustSource>();

  constructor(files: Files, rust: RustReader) {
    this.#files = files;
    this.#rust = rust;
  }

  /** Undefined where there is no Cargo.toml, or it is broken, or it is a workspace's and no package's. */
  async read(dir: string, options: CrateOptions = {}): Promise<Crate | undefined> {
    const path = join(dir, 'Cargo.toml');
    const text = await this.#files.read(path);
    if (text === undefined) return undefined;
    const alone = this.#manifest(path, text);
    if (!alone.manifest?.package) return undefined;
    await this.#readAhead(dir);
    const workspace = alone.manifest.isWorkspace ? null : await this.#workspaceAbove(dir, dirname(dir));
    const manifest = workspace === null ? alone : this.#manifest(path, text, workspace);
    const roots = await this.#roots(manifest);
    const sources = new Map<string, RustSource>();
    for (const root of roots) {
      if (root.kind !== 'example') await this.#addSources(root.path, manifest, sources, true);
    }
    const config = await this.#config(dir);
    const configured = configuredTarget(config);
    return {
      dir,
      manifest,
      edition: manifest.edition,
      roots,
      sources,
      config,
      lock: await this.#lock(dir, workspace),
      target: options.target ?? configured,
      profileKind: manifest.profileKind ?? 'wasi',
      meantForWasi:
        (options.asked ?? false) || (configured ?? '').includes('wasi') || (await this.#saysWasi(manifest)),
      isMember: workspace !== null,
      repository: await this.#repository(dir),
    };
  }

  /** Frees what was kept of files. */
  forget(): void {
    this.#manifests.clear();
    this.#sources.clear();
    this.#rust.forget();
  }

  /** Has what the package consisted of read at once, where one file after the other would be waited for. */
  async #readAhead(dir: string): Promise<void> {
    const known = [...this.#sources.keys()].filter((path) => path.startsWith(dir + sep));
    await Promise.all(known.map((path) => this.#files.read(path)));
  }

  #manifest(path: string, text: string, workspace?: ManifestDocument): ManifestDocument {
    const key = JSON.stringify([path, workspace?.path]);
    const known = this.#manifests.get(key);
    if (known?.text === text && known.workspace === workspace) return known;
    const manifest = new ManifestDocument(path, text, workspace);
    this.#manifests.set(key, manifest);
    return manifest;
  }

  async #roots(manifest: ManifestDocument): Promise<CrateRoot[]> {
    const dir = dirname(manifest.path);
    const roots: CrateRoot[] = [];
    const lib = join(dir, manifest.string('lib', 'path') ?? 'src/lib.rs');
    if (await this.#files.exists(lib)) {
      roots.push({ kind: 'lib', name: manifest.packageName ?? '', path: lib });
    }
    const candidates = new Set([
      join(dir, 'src', 'main.rs'),
      ...(manifest.manifest?.bins ?? []).flatMap((bin) => (bin.path === null ? [] : [join(dir, bin.path)])),
    ]);
    for (const folder of [join(dir, 'src', 'bin'), join(dir, 'examples')]) {
      for (const name of await this.#files.list(folder)) {
        candidates.add(name.endsWith('.rs') ? join(folder, name) : join(folder, name, 'main.rs'));
      }
    }
    const readManifest = (path: string) =>
      path === manifest.path ? Promise.resolve(manifest.text) : this.#files.read(path);
    for (const path of candidates) {
      const program = await programOfFile(path, readManifest);
      if (program !== null && (await this.#files.exists(path))) {
        roots.push({ kind: program.kind, name: program.name, path });
      }
    }
    return roots;
  }

  async #addSources(
    path: string,
    manifest: ManifestDocument,
    sources: Map<string, RustSource>,
    isRoot: boolean,
  ): Promise<void> {
    if (sources.has(path)) return;
    const text = await this.#files.read(path);
    if (text === undefined) return;
    const source = this.#source(path, text, manifest);
    sources.set(path, source);
    for (const module of source.moduleFiles) {
      for (const candidate of moduleCandidates(path, module, isRoot)) {
        if ((await this.#files.read(candidate)) === undefined) continue;
        await this.#addSources(candidate, manifest, sources, false);
        break;
      }
    }
  }

  #source(path: string, text: string, { defaultFeatures: features }: ManifestDocument): RustSource {
    const known = this.#sources.get(path);
    if (known?.text === text && isSameSet(known.facts.features, features)) return known;
    const source = this.#rust.read(path, text, { features });
    this.#sources.set(path, source);
    return source;
  }

  async #config(dir: string): Promise<TomlDocument | null> {
    for (const name of ['config.toml', 'config']) {
      const path = join(dir, '.cargo', name);
      const text = await this.#files.read(path);
      if (text !== undefined) return new TomlDocument(path, text);
    }
    return null;
  }

  async #lock(dir: string, workspace: ManifestDocument | null): Promise<string | null> {
    const folder = workspace === null ? dir : dirname(workspace.path);
    return (await this.#files.read(join(folder, 'Cargo.lock'))) ?? null;
  }

  async #saysWasi(manifest: ManifestDocument): Promise<boolean> {
    if (manifest.value('package', 'metadata', 'wasi-workbench') !== undefined) return true;
    if (manifest.dependencies.some(({ crate }) => crate === 'wasi' || wasiCrates.has(crate))) return true;
    const built = join(dirname(manifest.path), 'target');
    return (await this.#files.list(built)).some((name) => name.startsWith('wasm32-wasi'));
  }

  /** The manifest of the workspace that has a package; null where none does, or it leaves it out. */
  async #workspaceAbove(dir: string, folder: string): Promise<ManifestDocument | null> {
    const found = folder === dir ? null : await nearestManifest(folder, (path) => this.#files.read(path));
    if (found === null) return null;
    const { crateDir, manifest } = found;
    if (!manifest.isWorkspace) return this.#workspaceAbove(crateDir, dirname(crateDir));
    const path = join(crateDir, 'Cargo.toml');
    const workspace = this.#manifest(path, (await this.#files.read(path)) ?? '');
    const excluded = workspace.value('workspace', 'exclude');
    const isExcluded = (each: unknown) => {
      const way = relative(join(crateDir, String(each)), dir);
      return way === '' || !/^\.\.|^[A-Za-z]:/.test(way);
    };
    return Array.isArray(excluded) && excluded.some(isExcluded) ? null : workspace;
  }

  async #repository(dir: string): Promise<string | null> {
    for (let folder = dir; ; folder = dirname(folder)) {
      if (await this.#files.exists(join(folder, '.git'))) return folder;
      if (dirname(folder) === folder) return null;
    }
  }
}

/** Crates that have no use but in programs for WASI. */
const wasiCrates = new Set(['wstd', 'waki', 'wit-bindgen', 'wasi-http-client', 'wasip2', 'spin-sdk']);

function configuredTarget(config: TomlDocument | null): Target | null {
  const named = config?.value('build', 'target');
  const first: unknown = Array.isArray(named) ? named[0] : named;
  return targets.find((each) => each === first) ?? null;
}

function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((each) => b.has(each));
}
