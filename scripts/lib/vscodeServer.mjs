// A real VS Code on a Linux machine that has none and can't download one: the server build that the npm package
// code-server ships, with the Node.js that its native modules are built for. Driven from Chromium.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { run } from './command.mjs';
import { npm } from './npm.mjs';
import { StepError, retry, say } from './steps.mjs';

const codeServer = 'code-server@4.139.1'; // VS Code 1.139.1
const home = process.env.VSCODE_SERVER_HOME ?? join(homedir(), '.cache', 'vscode-server-test');
const stamp = '.complete-1';

/**
 * @typedef {object} VscodeServer
 * @property {string} node the Node.js binary that runs it
 * @property {string} main VS Code's own server
 * @property {string} codeServer code-server's entry, which knows workspace trust and needs no token
 */

/** @type {VscodeServer} */
export const vscodeServer = {
  node: join(home, 'runtime', 'bin', 'node'),
  main: join(home, 'package', 'lib', 'vscode', 'out', 'server-main.js'),
  codeServer: join(home, 'package', 'out', 'node', 'entry.js'),
};

/** Installs it on the first call, which takes about two minutes. */
export async function ensureVscodeServer() {
  if (existsSync(join(home, stamp))) return;
  say('installing a VS Code server for the tests (about two minutes, once)');
  mkdirSync(dirname(home), { recursive: true });
  // Made aside and moved, so that an interrupted run leaves nothing that looks complete.
  const aside = mkdtempSync(`${home}-`);
  try {
    const runtime = await installRuntime(aside);
    await installPackage(aside, runtime);
    writeFileSync(join(aside, stamp), '');
    rmSync(home, { recursive: true, force: true });
    renameSync(aside, home);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/**
 * The whole distribution of Node.js 24: native modules are compiled against its headers.
 *
 * @param {string} folder
 * @returns {Promise<string>} the distribution's folder
 */
async function installRuntime(folder) {
  const name = `node-linux-${process.arch}`;
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
  await retry(3, () =>
    npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@24`], { cwd: folder }),
  );
  const runtime = join('node_modules', name);
  if (!existsSync(join(folder, runtime, 'include', 'node', 'node.h'))) {
    throw new StepError(
      `The npm package ${name} has no headers to build VS Code's native modules with.`,
      'Set VSCODE_SERVER_HOME to a folder that holds a server, or run the tests where VS Code can be downloaded.',
    );
  }
  symlinkSync(runtime, join(folder, 'runtime'));
  return join(folder, runtime);
}

/**
 * @param {string} folder
 * @param {string} runtime
 */
async function installPackage(folder, runtime) {
  const env = {
    ...process.env,
    PATH: [join(runtime, 'bin'), process.env.PATH ?? ''].join(delimiter),
    npm_config_nodedir: runtime,
  };
  const install = ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  const unpacked = join(folder, 'package');
  const vscode = join(unpacked, 'lib', 'vscode');
  const tarball = (await retry(3, () => npm(['pack', '--silent', codeServer], { cwd: folder }))).trim();
  await run('tar', ['xzf', tarball], { cwd: folder, quiet: true });
  rmSync(join(folder, tarball));
  await retry(3, () => npm(install, { cwd: unpacked, env }));
  await retry(3, () => npm(install, { cwd: vscode, env }));
  await npm(['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'], {
    cwd: vscode,
    env,
    next: 'Install a C++ compiler, make and Python 3, then run this again.',
  });
}
