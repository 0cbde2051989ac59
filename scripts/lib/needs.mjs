// Provides what the test suites need, each thing once.
import { buildBundles, buildVsix } from './build.mjs';
import { ensureBuildTools, ensureChromium, ensureLlvm } from './debian.mjs';
import { buildCorpus, buildExamples, buildGenerator } from './fixtures.mjs';
import { ensureOracles } from './oracles.mjs';
import { ensureRust, ensureRustAnalyzer } from './rust.mjs';
import { ensureVscodeServer } from './vscodeServer.mjs';

/** Debian's packages can be installed by root only. */
const canInstall = process.platform === 'linux' && process.getuid?.() === 0;

/** Elsewhere @vscode/test-electron downloads a desktop VS Code. */
export const editorIsServed = canInstall;

/** @type {Record<import('./suites.mjs').Need, () => Promise<unknown>>} */
const providers = {
  rust: ensureRust,
  rustAnalyzer: ensureRustAnalyzer,
  bundles: buildBundles,
  vsix: buildVsix, // bundles included
  examples: buildExamples, // after the command line, which builds them
  // Without it, as where only root may install it, the tests that need it say that they are skipped.
  llvm: async () => {
    if (canInstall) await ensureLlvm();
  },
  /** Here and not in the suites that use them: building them takes minutes, once. */
  oracles: async () => {
    await ensureOracles();
    await buildGenerator();
    await buildCorpus();
  },
  editor: async () => {
    if (!editorIsServed) return;
    await ensureBuildTools();
    await ensureChromium();
    await ensureVscodeServer();
  },
};

/** @type {Map<string, Promise<unknown>>} */
const provided = new Map();

/**
 * @param {readonly import('./suites.mjs').Need[]} needs in the order in which to provide them
 * @throws {import('./steps.mjs').StepError} also for a thing that couldn't be provided to an earlier suite
 */
export async function provide(needs) {
  for (const need of needs) {
    if (need === 'bundles' && provided.has('vsix')) continue;
    if (!provided.has(need)) provided.set(need, providers[need]());
    await provided.get(need);
  }
}
