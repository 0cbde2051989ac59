import { realpath, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type ProfileKind, profileKinds } from '../shared/profileKind.ts';
import { WorkbenchError } from '../shared/workbenchError.ts';
import type { AskOptions, RustTools } from './rustTools.ts';

/**
 * What is read of `cargo metadata --format-version 1 --no-deps`
 * (https://doc.rust-lang.org/cargo/commands/cargo-metadata.html).
 */
export interface Metadata {
  readonly packages: readonly Package[];
  /** Ids; `packages` holds no others with `--no-deps`. */
  readonly workspace_members: readonly string[];
  /** Left out by cargo before 1.71. */
  readonly workspace_default_members?: readonly string[];
  readonly workspace_root: string;
  readonly target_directory: string;
}

export interface Package {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly manifest_path: string;
  readonly default_run: string | null;
  readonly targets: readonly PackageTarget[];
  /** The table `[package.metadata]`. */
  readonly metadata: unknown;
}

/** A `[lib]`, `[[bin]]`, `[[example]]`, … whether the manifest lists it or cargo found it by its place. */
export interface PackageTarget {
  readonly name: string;
  /** `["bin"]`, `["example"]`, `["lib"]`, or a library's crate types. */
  readonly kind: readonly string[];
  readonly crate_types: readonly string[];
  readonly src_path: string;
}

/** The folder as cargo will name it, symbolic links resolved; throws `crate-not-found` where no Cargo.toml is in it. */
export async function crateFolder(crateDir: string): Promise<string> {
  const manifest = await stat(join(crateDir, 'Cargo.toml')).catch(() => null);
  if (manifest?.isFile()) return realpath(crateDir);
  throw new WorkbenchError('crate-not-found', `There is no Cargo.toml in ${crateDir}.`, {
    hint: 'Name the folder that holds the Cargo.toml of a crate or workspace.',
  });
}

/** Asks cargo about the workspace; needs no network, since dependencies are left out. */
export async function readMetadata(
  tools: RustTools,
  crateDir: string,
  options: AskOptions,
): Promise<Metadata> {
  const args = ['metadata', '--format-version', '1', '--no-deps', '--offline'];
  return JSON.parse(await tools.ask('cargo', args, crateDir, options)) as Metadata;
}

/** Whether two paths of one cargo call are one folder; `relative` knows that Windows ignores case. */
export function isSameFolder(a: string, b: string): boolean {
  return relative(a, b) === '';
}

/** `profile` under `[package.metadata.wasi-workbench]` of the package in the folder. */
export function profileKindOf(metadata: Metadata, crateDir: string): ProfileKind | null {
  const own = metadata.packages.find((each) => isSameFolder(dirname(each.manifest_path), crateDir));
  const ours = (own?.metadata as { 'wasi-workbench'?: { profile?: unknown } } | null | undefined)?.[
    'wasi-workbench'
  ];
  return profileKinds.find((kind) => kind === ours?.profile) ?? null;
}
