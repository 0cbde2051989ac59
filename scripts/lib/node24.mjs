// Node.js 24, which running guests needs: the one that runs this, or one from npm's `node` package.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './command.mjs';
import { npm, npmProgram } from './npm.mjs';
import { cacheDir } from './places.mjs';
import { retry, say } from './steps.mjs';

const major = 24;
const home = join(cacheDir, `node-${major}`);
const windows = process.platform === 'win32';
const binary = join(home, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');

const isNewEnough = Number.parseInt(process.versions.node, 10) >= major;

/**
 * Starts the calling script again under Node.js 24 where this one is older, and ends with its exit code.
 *
 * @param {string} scriptUrl the script's `import.meta.url`
 */
export async function underNode24(scriptUrl) {
  if (isNewEnough) return;
  const node = await ensureNode24();
  const env = {
    ...process.env,
    npm_execpath: npmProgram(),
    PATH: [dirname(node), process.env.PATH ?? ''].join(delimiter),
  };
  const child = spawn(node, [fileURLToPath(scriptUrl), ...process.argv.slice(2)], { env, stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.removeAllListeners(signal);
    process.on(signal, () => child.kill(signal));
  }
  process.exit(await new Promise((done) => child.once('exit', (code) => done(code ?? 1))));
}

/**
 * @returns {Promise<string>} the path of a Node.js binary of version 24 or later
 */
async function ensureNode24() {
  if (existsSync(binary)) return binary;
  say(`installing Node.js ${major} (this is ${process.versions.node})`);
  mkdirSync(cacheDir, { recursive: true });
  // Made aside and moved, so that an interrupted or a second, simultaneous run never leaves half of it.
  const aside = mkdtempSync(join(cacheDir, 'node-'));
  writeFileSync(
    join(aside, 'package.json'),
    JSON.stringify({ private: true, allowScripts: { node: true }, dependencies: { node: String(major) } }),
  );
  await retry(3, () => npm(['install', '--no-audit', '--no-fund'], { cwd: aside }));
  await run(join(aside, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node'), ['--version'], {
    quiet: true,
    next: `This machine can't run npm's Node.js ${major}; install Node.js ${major} from https://nodejs.org.`,
  });
  rmSync(home, { recursive: true, force: true });
  renameSync(aside, home);
  return binary;
}
