// npm, without a shell: its program file run by the Node.js that runs this.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { run } from './command.mjs';
import { root } from './places.mjs';
import { StepError, retry, say } from './steps.mjs';

/**
 * The file `npm-cli.js`: the one that runs this script, else the one on the PATH.
 *
 * @returns {string}
 */
export function npmProgram() {
  const running = process.env.npm_execpath;
  if (running !== undefined && basename(running) === 'npm-cli.js') return running;
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const beside = join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'); // Windows
    if (existsSync(beside)) return beside;
    const link = join(folder, 'npm');
    if (existsSync(link) && basename(realpathSync(link)) === 'npm-cli.js') return realpathSync(link);
  }
  throw new StepError(
    'npm was not found.',
    'Install Node.js 20 or later with its npm, from https://nodejs.org.',
  );
}

/**
 * @param {readonly string[]} args
 * @param {import('./command.mjs').RunOptions} [options]
 */
export function npm(args, options = {}) {
  // A node that npm's scripts start must be the one that runs this, not an older one further along the PATH.
  const env = options.env ?? process.env;
  const path = [dirname(process.execPath), env.PATH ?? ''].join(delimiter);
  return run(process.execPath, [npmProgram(), ...args], {
    timeoutSeconds: 600,
    quiet: true,
    next: 'Check the network and the npm registry (npm config get registry), then run this again.',
    ...options,
    env: { ...env, PATH: path },
  });
}

/** Installs the repository's own packages, where they aren't yet those of package-lock.json. */
export async function ensurePackages() {
  if (packagesAreInstalled()) return;
  say('installing npm packages');
  await retry(3, () => npm(['ci', '--no-audit', '--no-fund'], { cwd: root }));
}

/**
 * npm records in node_modules what it installed there, as the last thing it does.
 *
 * @returns {boolean}
 */
function packagesAreInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = packagesOf(record);
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
    ([path, entry]) => path === '' || entry.optional === true || installed[path]?.version === entry.version,
  );
}

/**
 * @param {string} lockfile
 * @returns {Record<string, { version?: string; optional?: boolean }>} by path
 */
function packagesOf(lockfile) {
  return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
}
