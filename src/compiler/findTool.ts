import { accessSync, constants, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { type Environment, variable } from './environment.ts';

/** What the search looks at; tests give another system than the one they run on. */
export interface SearchContext {
  readonly env: Environment;
  /** A tool in whose folder the other is looked for before PATH, so that cargo and rustc are of one toolchain. */
  readonly beside?: string | null;
  readonly platform?: NodeJS.Platform;
  readonly isExecutable?: (path: string) => boolean;
}

/** Where Rust's own container images, Homebrew and distributions put their tools. */
const systemFolders = [
  '/usr/local/cargo/bin',
  '/opt/homebrew/opt/rustup/bin',
  '/usr/local/opt/rustup/bin',
  '/opt/homebrew/bin',
  '/usr/local/bin',
  '/usr/bin',
];

/**
 * Absolute path of `cargo`, `rustc` or `rustup`, or null. Looks at the variable of that name (`CARGO`, `RUSTC`),
 * the folder of `beside`, PATH, `CARGO_HOME`, rustup's default place and the system's: an editor started from a
 * dock or a menu has not read the shell's profile, so its PATH often lacks `~/.cargo/bin`.
 */
export function findTool(name: 'cargo' | 'rustc' | 'rustup', context: SearchContext): string | null {
  const { env, beside = null, platform = process.platform, isExecutable = isExecutableFile } = context;
  const path = platform === 'win32' ? win32 : posix;
  const get = (key: string) => variable(env, key, platform) ?? '';
  const home = get(platform === 'win32' ? 'USERPROFILE' : 'HOME');
  const file = platform === 'win32' ? `${name}.exe` : name;
  const folders = [
    beside === null ? '' : path.dirname(beside),
    ...get('PATH').split(path.delimiter),
    get('CARGO_HOME') && path.join(get('CARGO_HOME'), 'bin'),
    home && path.join(home, '.cargo', 'bin'),
    ...(platform === 'win32' ? [] : systemFolders),
  ];
  const candidates = [get(name.toUpperCase()), ...folders.map((folder) => folder && path.join(folder, file))];
  return candidates.find((candidate) => path.isAbsolute(candidate) && isExecutable(candidate)) ?? null;
}

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
