// A VS Code served to browsers, with the packaged extension installed: for people (`npm start -- --editor`) and
// for the tests in a real browser.
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { killTree, run, start } from './command.mjs';
import { StepError } from './steps.mjs';
import { vscodeServer } from './vscodeServer.mjs';

const startSeconds = 60;

/** The user's settings for an editor in which nothing is open that has nothing to do with programs. */
export const withoutChat = {
  'chat.commandCenter.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

/**
 * @typedef {object} ServedEditor
 * @property {string} origin such as `http://127.0.0.1:41234`
 * @property {(path: string) => string} addressOf the page that has a folder, or a .code-workspace, open
 * @property {() => void} stop
 * @property {Promise<void>} ended resolves when the server ends, whoever ended it
 */

/**
 * @param {object} options
 * @param {string} options.vsix
 * @param {string} options.dataDir for settings, state and extensions; made on demand
 * @param {boolean} [options.trusted] true by default: no folder is asked about
 * @param {Record<string, unknown>} [options.settings] the user's settings
 * @param {number} [options.port] any free one by default
 * @returns {Promise<ServedEditor>}
 */
export async function serveEditor({ vsix, dataDir, trusted = true, settings = {}, port = 0 }) {
  const folders = ['--user-data-dir', join(dataDir, 'user'), '--extensions-dir', join(dataDir, 'extensions')];
  const userDir = join(dataDir, 'user', 'User');
  mkdirSync(userDir, { recursive: true });
  writeFileSync(join(userDir, 'settings.json'), JSON.stringify(settings, null, 2));
  const env = { ...process.env, PATH: [dirname(vscodeServer.node), process.env.PATH ?? ''].join(delimiter) };
  const entry = [vscodeServer.codeServer, ...folders];
  await run(vscodeServer.node, [...entry, '--install-extension', vsix], { env, quiet: true });

  const args = [
    '--auth',
    'none',
    '--bind-addr',
    `127.0.0.1:${port}`,
    '--disable-telemetry',
    '--disable-update-check',
  ];
  if (trusted) args.push('--disable-workspace-trust');
  const server = start(vscodeServer.node, [...entry, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {Promise<void>} */
  const ended = new Promise((done) => server.once('exit', () => done()));
  const origin = await addressFrom(server);
  return {
    origin,
    addressOf(path) {
      const kind = path.endsWith('.code-workspace') ? 'workspace' : 'folder';
      return `${origin}/?${kind}=${encodeURIComponent(path.replaceAll('\\', '/'))}`;
    },
    stop: () => killTree(server),
    ended,
  };
}

/**
 * The address that the server says it listens on.
 *
 * @param {import('node:child_process').ChildProcess} server
 * @returns {Promise<string>}
 */
function addressFrom(server) {
  let said = '';
  return new Promise((done, fail) => {
    const giveUp = (/** @type {string} */ how) => {
      killTree(server);
      fail(new StepError(`The VS Code server ${how}:\n${said}`, 'Read its output above.'));
    };
    const timer = setTimeout(() => giveUp(`did not start within ${startSeconds} s`), startSeconds * 1000);
    server.once('exit', (code) => giveUp(`ended with ${code}`));
    for (const stream of [server.stdout, server.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        said = (said + text).slice(-8000);
        const address = /HTTP server listening on (http:\/\/[\d.]+:\d+)/.exec(said)?.[1];
        if (address === undefined) return;
        clearTimeout(timer);
        server.removeAllListeners('exit');
        done(address);
      });
    }
  });
}
