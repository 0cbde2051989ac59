import { dirname, join, posix, relative, sep } from 'node:path';
import { parseManifest, type CrateManifest, type PackageSection, type TargetSection } from './manifest.ts';

/** The program that a source file is the root of, as cargo would name it. */
export interface Program {
  readonly kind: 'bin' | 'example';
  readonly name: string;
  readonly package: string;
  /** Absolute path of the folder that holds the package's Cargo.toml. */
  readonly crateDir: string;
}

/** Reads a text file; undefined where there is none. */
export type ReadText = (path: string) => Promise<string | undefined>;

/**
 * The program whose `fn main` stands in a file, by the rules of cargo's target auto-discovery
 * (https://doc.rust-lang.org/cargo/reference/cargo-targets.html), from the files alone: cargo is not asked.
 * Null for libraries, build scripts, tests, benches and files that belong to no package.
 */
export async function programOfFile(sourcePath: string, readText: ReadText): Promise<Program | null> {
  const found = await nearestManifest(dirname(sourcePath), readText);
  const pkg = found?.manifest.package;
  if (!pkg) return null;
  const { crateDir, manifest } = found;
  const path = relative(crateDir, sourcePath).split(sep).join('/');
  const target = targetOfPath(path, pkg, manifest);
  return target && { ...target, package: pkg.name, crateDir };
}

/** The nearest Cargo.toml at or above a folder; null where there is none, or it can't be understood. */
export async function nearestManifest(
  folder: string,
  readText: ReadText,
): Promise<{ readonly crateDir: string; readonly manifest: CrateManifest } | null> {
  for (let dir = folder; ; dir = dirname(dir)) {
    const text = await readText(join(dir, 'Cargo.toml'));
    if (text !== undefined) {
      const manifest = parseManifest(text);
      return manifest && { crateDir: dir, manifest };
    }
    if (dirname(dir) === dir) return null;
  }
}

/** A program, or a library that links to a module of its own. */
export interface PackageProgram extends Omit<Program, 'kind'> {
  readonly kind: Program['kind'] | 'cdylib';
}

/** The names in a folder; none where there is no such folder. */
export type ListFolder = (path: string) => Promise<readonly string[]>;

/**
 * All that can be run of a package, by the same rules as {@link programOfFile}: bins, then examples, then a cdylib,
 * each kind in the order of names. Whether cargo would take the package, as a member of its workspace with all that
 * it depends on, is not asked.
 */
export async function programsOfPackage(
  crateDir: string,
  manifest: CrateManifest,
  listFolder: ListFolder,
): Promise<PackageProgram[]> {
  const pkg = manifest.package;
  if (pkg === null) return [];
  const found = new Map<string, NamedTarget>();
  for (const path of await sourcesOfPackage(crateDir, pkg, manifest, listFolder)) {
    const target = targetOfPath(path, pkg, manifest);
    if (target) found.set(`${target.kind} ${target.name}`, target);
  }
  const targets = [...found.values()].sort(
    (a, b) => (a.kind === b.kind ? 0 : a.kind === 'bin' ? -1 : 1) || (a.name < b.name ? -1 : 1),
  );
  const cdylib = manifest.cdylib === null ? [] : [{ kind: 'cdylib' as const, name: manifest.cdylib }];
  return [...targets, ...cdylib].map((target) => ({ ...target, package: pkg.name, crateDir }));
}

/** The files of a package that may be roots of programs, relative to it, with `/`. */
async function sourcesOfPackage(
  crateDir: string,
  pkg: PackageSection,
  { bins, examples }: CrateManifest,
  listFolder: ListFolder,
): Promise<string[]> {
  const list = async (folder: string) =>
    (await listFolder(join(crateDir, folder))).map((name) => `${folder}/${name}`);
  const discovered = (await Promise.all(['src/bin', 'examples'].map(list))).flat();
  const asked = [
    'src/main.rs',
    ...discovered.map((path) => (path.endsWith('.rs') ? path : `${path}/main.rs`)),
    ...bins.flatMap((bin) => binPaths(bin, pkg.name)),
    ...examples.flatMap((example) => targetPaths(example, 'examples')),
  ];
  const folders = new Map<string, Promise<string[]>>();
  const exists = async (path: string) => {
    const folder = posix.dirname(path);
    if (!folders.has(folder)) folders.set(folder, list(folder));
    return (await folders.get(folder)!).includes(path);
  };
  const there = await Promise.all(asked.map(exists));
  return asked.filter((_, at) => there[at]);
}

type NamedTarget = Pick<Program, 'kind' | 'name'>;

/** `path` is relative to the manifest, with `/`. */
function targetOfPath(path: string, pkg: PackageSection, manifest: CrateManifest): NamedTarget | null {
  const explicitBin = manifest.bins.find((bin) => binPaths(bin, pkg.name).includes(path));
  if (explicitBin) return { kind: 'bin', name: explicitBin.name };
  const explicitExample = manifest.examples.find((example) =>
    targetPaths(example, 'examples').includes(path),
  );
  if (explicitExample) return explicitExample.links ? { kind: 'example', name: explicitExample.name } : null;

  if (pkg.autobins ?? !(pkg.edition2015 && manifest.bins.length > 0)) {
    if (path === 'src/main.rs') return { kind: 'bin', name: pkg.name };
    const name = discoveredName(path, 'src/bin');
    if (name !== null) return { kind: 'bin', name };
  }
  if (pkg.autoexamples ?? !(pkg.edition2015 && manifest.examples.length > 0)) {
    const name = discoveredName(path, 'examples');
    if (name !== null) return { kind: 'example', name };
  }
  return null;
}

function binPaths(bin: TargetSection, packageName: string): string[] {
  const inferred = targetPaths(bin, 'src/bin');
  return bin.path === null && bin.name === packageName ? ['src/main.rs', ...inferred] : inferred;
}

function targetPaths({ name, path }: TargetSection, folder: string): string[] {
  return path === null ? [`${folder}/${name}.rs`, `${folder}/${name}/main.rs`] : [path];
}

/** `folder/NAME.rs` and `folder/NAME/main.rs`. */
function discoveredName(path: string, folder: string): string | null {
  if (!path.startsWith(`${folder}/`)) return null;
  return /^([^/]+)(?:\.rs|\/main\.rs)$/.exec(path.slice(folder.length + 1))?.[1] ?? null;
}
