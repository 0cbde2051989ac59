import { readdir, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { WorkbenchError } from '../shared/workbenchError.ts';
import type { AskOptions, RustTools } from './rustTools.ts';

/** What would build a crate: asked in its folder, so that rust-toolchain.toml has its say. */
export interface Toolchain {
  /** Absolute path of the cargo that is run. */
  readonly cargoPath: string;
  /** As `cargo --version` prints it. */
  readonly cargoVersion: string;
  readonly rustcPath: string;
  /** As `rustc --version` prints it. */
  readonly rustcVersion: string;
  /** rustc's sysroot; standard libraries are below it. */
  readonly sysroot: string;
  /** Absolute path of rustup; null where there is none. */
  readonly rustupPath: string | null;
  /** rustup's name of the toolchain, such as `stable-x86_64-unknown-linux-gnu`; null where rustc isn't rustup's. */
  readonly rustupToolchain: string | null;
  /** rustc's names of the targets whose standard library is installed. */
  readonly installedTargets: readonly string[];
}

/** The compiler as far as choosing a target needs it: one call of rustc. */
export interface Rustc {
  readonly sysroot: string;
  /** Every target it can compile to, installed or not. */
  readonly knownTargets: readonly string[];
  readonly installedTargets: readonly string[];
}

/** Asks rustc about its sysroot and targets. */
export async function inspectRustc(tools: RustTools, crateDir: string, options: AskOptions): Promise<Rustc> {
  const printed = await tools.ask(
    'rustc',
    ['--print', 'sysroot', '--print', 'target-list'],
    crateDir,
    options,
  );
  const [sysroot = '', ...knownTargets] = printed.split('\n');
  return { sysroot, knownTargets, installedTargets: await targetsBelow(sysroot) };
}

/** Everything a person would want to know of what builds a crate. */
export async function inspectToolchain(
  tools: RustTools,
  crateDir: string,
  options: AskOptions,
): Promise<Toolchain> {
  const cargoVersion = await tools.ask('cargo', ['--version'], crateDir, options);
  const rustcVersion = await tools.ask('rustc', ['--version'], crateDir, options);
  const { sysroot, installedTargets } = await inspectRustc(tools, crateDir, options);
  return {
    cargoPath: tools.path('cargo'),
    cargoVersion,
    rustcPath: tools.path('rustc'),
    rustcVersion,
    sysroot,
    rustupPath: tools.find('rustup'),
    rustupToolchain: await rustupToolchain(tools, sysroot),
    installedTargets,
  };
}

/**
 * rustup's name of a sysroot: it keeps its own below `toolchains`. A linked toolchain is a symbolic link there,
 * so rustc's sysroot is elsewhere, and rightly so: rustup can't add targets to it.
 */
async function rustupToolchain(tools: RustTools, sysroot: string): Promise<string | null> {
  if (tools.find('rustup') === null) return null;
  const real = await realpath(sysroot).catch(() => sysroot);
  return basename(dirname(real)) === 'toolchains' ? basename(real) : null;
}

/** The folders that `rustc --print target-libdir` would name, where a standard library stands in them. */
async function targetsBelow(sysroot: string): Promise<string[]> {
  const rustlib = join(sysroot, 'lib', 'rustlib');
  const names = await readdir(rustlib).catch(() => []);
  const checked = await Promise.all(
    names.map(async (name) => {
      const files = await readdir(join(rustlib, name, 'lib')).catch(() => []);
      return files.some((file) => file.startsWith('libcore-')) ? [name] : [];
    }),
  );
  return checked.flat();
}

/** The error of a target whose standard library is missing, with the way to it that the toolchain has. */
export async function targetNotInstalled(
  tools: RustTools,
  sysroot: string,
  target: string,
  cause: string | null,
): Promise<WorkbenchError> {
  const toolchain = await rustupToolchain(tools, sysroot);
  if (toolchain === null) {
    return new WorkbenchError(
      'toolchain-not-rustup',
      `Rust's standard library for ${target} is missing, and this rustc is not rustup's, so rustup can't add it.`,
      {
        cause: cause ?? `rustc's sysroot is ${sysroot}`,
        hint: `Install Rust with rustup, or the package with which your system adds the target ${target}.`,
        actions: [{ kind: 'open-link', url: 'https://rustup.rs' }],
      },
    );
  }
  return new WorkbenchError('target-not-installed', `Rust's target ${target} is not installed.`, {
    cause,
    hint: `Run: rustup target add ${target} --toolchain ${toolchain}`,
    actions: [{ kind: 'install-target', target, toolchain }],
  });
}
