// An editor for a person to look at: served to a browser on Linux, on the desktop elsewhere.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { cacheDir, examplesDir } from './places.mjs';
import { say } from './steps.mjs';

const dataDir = join(cacheDir, 'editor');

/**
 * Opens the examples in an editor that has the extension; resolves when it is closed. What is built there is built where
 * cargo puts it: a folder shared with others would make a run wait for their builds.
 *
 * @param {string} vsix
 * @param {number} port 0 for any; of the served editor only
 */
export async function openEditor(vsix, port) {
  await (process.platform === 'linux' ? openInBrowser(vsix, port) : openOnDesktop(vsix));
}

/**
 * @param {string} vsix
 * @param {number} port
 */
async function openInBrowser(vsix, port) {
  const { ensureBuildTools } = await import('./debian.mjs');
  const { ensureVscodeServer } = await import('./vscodeServer.mjs');
  const { serveEditor, withoutChat } = await import('./servedEditor.mjs');
  await ensureBuildTools();
  await ensureVscodeServer();
  say('starting VS Code');
  const editor = await serveEditor({ vsix, dataDir, port, settings: withoutChat });
  console.log(`\nOpen ${editor.addressOf(examplesDir)}\nCtrl-C ends it.`);
  await editor.ended;
}

/** @param {string} vsix */
async function openOnDesktop(vsix) {
  const { downloadAndUnzipVSCode, runVSCodeCommand } = await import('@vscode/test-electron');
  const folders = [
    `--user-data-dir=${join(dataDir, 'user')}`,
    `--extensions-dir=${join(dataDir, 'extensions')}`,
  ];
  const code = await downloadAndUnzipVSCode();
  await runVSCodeCommand(['--install-extension', vsix, ...folders]);
  console.log('\nVS Code opens in a window of its own; closing it ends this.');
  spawnSync(code, [examplesDir, ...folders, '--disable-workspace-trust', '--wait'], { stdio: 'ignore' });
}
