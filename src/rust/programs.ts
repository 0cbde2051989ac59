import { dirname, join, relative, sep } from 'node:path';
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

type NamedTarget = Pick<Program, 'kind' | 'name'>;

/** `path` is relative to the manifest, with `/`. */
function targetOfPath(path: string, pkg: PackageSection, manifest: CrateManifest): NamedTarget | null {
  const explicitBin = manifest.bins.find((bin) => binPaths(bin, pkg.name).includes(path));
  if (explicitBin) return { kind: 'bin', name: explicitBin.name };
  const explicitExample = manifest.examples.find((example) =>
    targetPaths(example, 'examples').includes(path),
  );
  if (explicitExample) return { kind: 'example', name: explicitExample.name };

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
