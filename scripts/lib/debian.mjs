// What comes from Debian's packages: the browser that drives the tests, what builds the VS Code server, and LLVM.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './command.mjs';
import { StepError, retry, say } from './steps.mjs';

const isRoot = process.getuid?.() === 0;

/** The compiler of the VS Code server's native modules. */
export async function ensureBuildTools() {
  await ensureCommands({ 'g++': ['g++'], make: ['make'], python3: ['python3'] });
}

export async function ensureChromium() {
  await ensureCommands({ chromium: ['chromium', 'fonts-dejavu-core'] });
}

/** What the reader of line tables is held against; Debian's package has all of LLVM's tools. */
export async function ensureLlvm() {
  await ensureCommands({ 'llvm-symbolizer': ['llvm'], 'llvm-dwarfdump': ['llvm'] });
}

/** The browser's path once {@link ensureChromium} has resolved. */
export const chromiumPath = () => onPath('chromium');

/** The browser's flags: it shows our own pages only, often as root and without a graphics card. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @param {Record<string, readonly string[]>} packagesOf the packages that bring each command */
async function ensureCommands(packagesOf) {
  const missing = [
    ...new Set(Object.entries(packagesOf).flatMap(([command, names]) => (onPath(command) ? [] : names))),
  ];
  if (missing.length === 0) return;
  const next = `Install ${missing.join(', ')} with your system's package manager, then run this again.`;
  if (!isRoot)
    throw new StepError(`${missing.join(', ')} can't be found, and only root can install them.`, next);
  say(`installing ${missing.join(', ')} with apt-get`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, timeoutSeconds: 600, quiet: true, next };
  const lock = ['-o', 'DPkg::Lock::Timeout=120'];
  await retry(3, () => run('apt-get', ['update', '-qq', ...lock], options));
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...lock];
  await retry(3, () => run('apt-get', [...install, ...missing], options));
}

/** @param {string} command */
function onPath(command) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
