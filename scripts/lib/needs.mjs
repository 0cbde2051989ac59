// Provides what the test suites need, each thing once.
import { buildBundles, buildVsix } from './build.mjs';
import { ensureBuildTools, ensureChromium } from './debian.mjs';
import { buildCorpus, buildGenerator } from './fixtures.mjs';
import { ensureOracles } from './oracles.mjs';
import { ensureRust } from './rust.mjs';
import { ensureVscodeServer } from './vscodeServer.mjs';

/** Debian's packages can be installed by root only; elsewhere @vscode/test-electron downloads a desktop VS Code. */
export const editorIsServed = process.platform === 'linux' && process.getuid?.() === 0;

/** @param {ReadonlySet<import('./suites.mjs').Need>} needs */
export async function provide(needs) {
  if (needs.has('rust')) await ensureRust();
  if (needs.has('oracles')) {
    // Here and not in the suites that use them: building them takes minutes, once.
    await ensureOracles();
    await buildGenerator();
    await buildCorpus();
  }
  if (needs.has('editor') && editorIsServed) {
    await ensureBuildTools();
    await ensureChromium();
    await ensureVscodeServer();
  }
  if (needs.has('vsix')) await buildVsix();
  else if (needs.has('bundles')) await buildBundles();
}
