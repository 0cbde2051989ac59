import { dirname } from 'node:path';
import { WorkbenchError } from '../shared/workbenchError.ts';
import type { Runnable, RunnableName } from './buildRequest.ts';
import { isSameFolder, type Metadata, type Package, type PackageTarget } from './metadata.ts';

const kindOrder = ['bin', 'example', 'cdylib'] as const;

/**
 * All that can be run of a folder: its package's where it is a member, every member's where it is the
 * workspace's root. Default members come first, and of each package bins, then examples, then cdylibs.
 */
export function listRunnables(metadata: Metadata, crateDir: string): Runnable[] {
  const defaults = defaultPackages(metadata, crateDir);
  const others = isSameFolder(metadata.workspace_root, crateDir)
    ? metadata.packages.filter((each) => !defaults.includes(each))
    : [];
  return [...defaults, ...others].flatMap(runnablesOf);
}

/** The packages that `cargo build` without `--package` would build in the folder. */
function defaultPackages(metadata: Metadata, crateDir: string): readonly Package[] {
  const own = metadata.packages.filter((each) => isSameFolder(dirname(each.manifest_path), crateDir));
  if (!isSameFolder(metadata.workspace_root, crateDir)) return own;
  const ids =
    metadata.workspace_default_members ??
    (own.length > 0 ? own.map((p) => p.id) : metadata.workspace_members);
  return metadata.packages.filter((each) => ids.includes(each.id));
}

function runnablesOf(each: Package): Runnable[] {
  return each.targets
    .flatMap((target): Runnable[] => {
      const kind = runnableKind(target);
      if (kind === null) return [];
      return [
        {
          kind,
          name: target.name,
          package: each.name,
          sourcePath: target.src_path,
          manifestPath: each.manifest_path,
        },
      ];
    })
    .sort((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind));
}

function runnableKind(target: PackageTarget): Runnable['kind'] | null {
  if (target.kind.includes('bin')) return 'bin';
  // An example may be a library; only one that links to a module of its own can run.
  const links = target.crate_types.some((type) => type === 'bin' || type === 'cdylib');
  if (target.kind.includes('example')) return links ? 'example' : null;
  return target.kind.includes('cdylib') ? 'cdylib' : null;
}

/**
 * The runnable that a request means. A name is looked for in every member, default members first; without one
 * it is the only one there is, or the one `default-run` names, bins before cdylibs before examples.
 */
export function chooseRunnable(metadata: Metadata, crateDir: string, wanted: RunnableName | null): Runnable {
  const all = listRunnables(metadata, crateDir);
  if (all.length === 0) {
    throw new WorkbenchError(
      'no-binary',
      'This crate has nothing to run: it is a library without a program.',
      {
        hint: 'Add src/main.rs with fn main(), or a [[bin]] section in Cargo.toml that names the file with fn main().',
      },
    );
  }
  return wanted === null
    ? chooseDefault(metadata, crateDir, all)
    : chooseNamed(metadata, crateDir, all, wanted);
}

function chooseNamed(
  metadata: Metadata,
  crateDir: string,
  all: readonly Runnable[],
  wanted: RunnableName,
): Runnable {
  // cargo lists a library under its crate name, where hyphens have become underscores.
  const names = wanted.kind === 'cdylib' ? [wanted.name, wanted.name.replaceAll('-', '_')] : [wanted.name];
  const found = all.filter(
    (each) =>
      each.kind === wanted.kind &&
      names.includes(each.name) &&
      (wanted.package === null || wanted.package === each.package),
  );
  if (found.length === 0) {
    const where = wanted.package === null ? '' : ` in the package ${wanted.package}`;
    const alike = labels(all.filter(({ kind }) => kind === wanted.kind));
    throw new WorkbenchError('no-binary', `There is no ${wanted.kind} named ${wanted.name}${where}.`, {
      hint:
        alike.length > 0
          ? `Choose one that exists: ${alike.join(', ')}.`
          : `There is none; what the crate has to run: ${labels(all).join(', ')}.`,
      actions: [{ kind: 'choose-binary', names: labels(all) }],
    });
  }
  return theOnly(metadata, crateDir, found);
}

function chooseDefault(metadata: Metadata, crateDir: string, all: readonly Runnable[]): Runnable {
  const defaults = defaultPackages(metadata, crateDir);
  const candidates = all.filter((each) => defaults.some((p) => p.manifest_path === each.manifestPath));
  for (const kind of ['bin', 'cdylib', 'example'] as const) {
    const ofKind = candidates.filter((each) => each.kind === kind);
    if (ofKind.length > 0) return theOnly(metadata, crateDir, ofKind);
  }
  return theOnly(metadata, crateDir, all);
}

/** Of several, default members win over others, and what a package's `default-run` names over its other bins. */
function theOnly(metadata: Metadata, crateDir: string, found: readonly Runnable[]): Runnable {
  const packageOf = (each: Runnable) => metadata.packages.find((p) => p.manifest_path === each.manifestPath);
  const defaults = defaultPackages(metadata, crateDir).map((p) => p.manifest_path);
  const narrowings = [
    found,
    found.filter((each) => defaults.includes(each.manifestPath)),
    found.filter((each) => each.kind === 'bin' && packageOf(each)?.default_run === each.name),
  ];
  const only = narrowings.find((each) => each.length === 1)?.[0];
  if (only) return only;
  const isWorkspace = new Set(found.map((each) => each.manifestPath)).size > 1;
  const what = isWorkspace ? 'workspace' : 'crate';
  const other = isWorkspace
    ? 'take the folder of its package rather than that of the workspace.'
    : 'name it as default-run under [package] in Cargo.toml.';
  throw new WorkbenchError('several-binaries', `This ${what} has several programs, and none was chosen.`, {
    cause: labels(found).join(', '),
    hint: `Choose one of them (in a terminal: --bin NAME), or ${other}`,
    actions: [{ kind: 'choose-binary', names: labels(found) }],
  });
}

/** Names as a person tells them apart: with the package where two packages share one. */
function labels(all: readonly Runnable[]): string[] {
  return all.map(({ name, package: owner }) =>
    all.some((other) => other.name === name && other.package !== owner) ? `${owner}/${name}` : name,
  );
}
