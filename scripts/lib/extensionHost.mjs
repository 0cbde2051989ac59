// Runs a test entry inside the extension host of a real VS Code, beside the packaged extension. The entry is a
// CommonJS module that exports `run(): Promise<void>`, and knows nothing of how the editor was started.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killTree, run, start } from './command.mjs';
import { chromiumArgs, chromiumPath } from './debian.mjs';
import { StepError } from './steps.mjs';
import { vscodeServer } from './vscodeServer.mjs';

/**
 * @typedef {object} HostRun
 * @property {string | null} vsix the extension under test; null for an editor without it
 * @property {string} stub folder of an extension that holds nothing but the tests
 * @property {string} entry
 * @property {string} workspace folder to open
 * @property {NodeJS.ProcessEnv} env
 */

/**
 * In the VS Code server, driven by a browser without a window.
 *
 * @param {HostRun} options
 * @returns {Promise<number>} the exit code
 */
export async function runInServer({ vsix, stub, entry, workspace, env }) {
  const { chromium } = await import('playwright-core');
  const data = mkdtempSync(join(tmpdir(), 'wasi-workbench-host-'));
  const main = [vscodeServer.main, '--server-data-dir', data, '--extensions-dir', join(data, 'extensions')];
  main.push('--accept-server-license-terms');
  if (vsix !== null) {
    await run(vscodeServer.node, [...main, '--install-extension', vsix], { env, quiet: true });
  }
  const flags = [
    '--host',
    '127.0.0.1',
    '--port',
    '0',
    '--without-connection-token',
    '--enable-smoke-test-driver',
  ];
  flags.push('--telemetry-level', 'off', '--disable-workspace-trust');
  const server = start(vscodeServer.node, [...main, ...flags], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  let browser;
  try {
    const port = await portFrom(server);
    browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const uri = (/** @type {string} */ path) => `vscode-remote://127.0.0.1:${port}${path}`;
    const payload = [
      ['extensionDevelopmentPath', uri(stub)],
      ['extensionTestsPath', uri(entry)],
    ];
    const query = new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) });
    return await new Promise((exit, fail) => {
      server.once('exit', (code) => fail(new Error(`the VS Code server ended with ${code}`)));
      page.once('crash', () => fail(new Error('the browser page crashed')));
      page
        .exposeFunction('codeAutomationLog', () => undefined) // the editor's console; the entry has a log of its own
        .then(() => page.exposeFunction('codeAutomationExit', exit))
        .then(() => page.goto(`http://127.0.0.1:${port}/?${query}`))
        .catch(fail);
    });
  } finally {
    await browser?.close();
    server.removeAllListeners('exit');
    killTree(server);
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * @param {import('node:child_process').ChildProcess} server
 * @returns {Promise<number>}
 */
function portFrom(server) {
  let said = '';
  return new Promise((done, fail) => {
    server.once('exit', (code) => {
      fail(new StepError(`The VS Code server ended with ${code}:\n${said}`, 'Read its output above.'));
    });
    server.stdout?.setEncoding('utf8').on('data', (text) => {
      said += text;
      const port = /listening on (\d+)[\s\S]*Extension host agent started/.exec(said)?.[1];
      if (port !== undefined) done(Number(port));
    });
  });
}

/**
 * In a desktop VS Code, downloaded on the first call.
 *
 * @param {HostRun} options
 * @returns {Promise<number>} the exit code
 */
export async function runInDesktop({ vsix, stub, entry, workspace, env }) {
  const { runTests, runVSCodeCommand } = await import('@vscode/test-electron');
  const data = mkdtempSync(join(tmpdir(), 'ww-')); // short: a socket is made in it, whose path may have 103 bytes
  const folders = [`--user-data-dir=${join(data, 'user')}`, `--extensions-dir=${join(data, 'extensions')}`];
  try {
    await runVSCodeCommand(['--install-extension', vsix, ...folders]);
    return await runTests({
      extensionDevelopmentPath: stub,
      extensionTestsPath: entry,
      extensionTestsEnv: env,
      launchArgs: [workspace, ...folders, '--disable-workspace-trust', '--disable-telemetry'],
    });
  } finally {
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}
