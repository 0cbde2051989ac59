// Builds what users get: the bundles in dist/, and the .vsix around them.
import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './command.mjs';
import { root, vsixPath } from './places.mjs';
import { say } from './steps.mjs';

const next = 'Mend what it names, then run this again.';

/** The bundles, minified, as they are packaged. */
export async function buildBundles() {
  say('building the extension');
  await run(process.execPath, [join(root, 'esbuild.mjs'), '--production'], { cwd: root, next });
}

/**
 * The package that VS Code installs; its prepublish script builds the bundles first.
 *
 * @returns {Promise<string>} its path
 */
export async function buildVsix() {
  say('building the extension and its .vsix');
  mkdirSync(dirname(vsixPath), { recursive: true });
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const args = [
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--out',
    vsixPath,
  ];
  await run(process.execPath, [vsce, ...args], { cwd: root, quiet: true, next });
  say(`${vsixPath} (${(statSync(vsixPath).size / 1024 / 1024).toFixed(1)} MiB)`);
  return vsixPath;
}
