// Builds the Rust programs that runs are held against wasmtime on. cargo's target folders stand outside the tree.
import { join } from 'node:path';
import { run } from './command.mjs';
import { cacheDir, root } from './places.mjs';
import { say } from './steps.mjs';

const exe = process.platform === 'win32' ? '.exe' : '';
const next = 'Check the network and the Rust toolchain, then run this again.';

/** cargo's profiles of the corpus, one for each level of optimisation. */
const levels = ['o0', 'o1', 'o3', 'os', 'oz'];

/**
 * The corpus for both previews.
 *
 * @param {readonly string[]} [profiles] all by default
 * @returns {Promise<string>} cargo's target folder
 */
export async function buildCorpus(profiles = levels) {
  const targetDir = join(cacheDir, 'programs-target');
  say('building the Rust programs of the corpus');
  for (const profile of profiles) {
    const targets = ['--target', 'wasm32-wasip1', '--target', 'wasm32-wasip2'];
    await cargo(['build', '--locked', '--profile', profile, ...targets], 'test/fixtures/programs', targetDir);
  }
  return targetDir;
}

/** @returns {Promise<string>} the binary that makes random modules and reads the specification's scripts */
export async function buildGenerator() {
  const targetDir = join(cacheDir, 'generator-target');
  say('building the generator of random modules');
  await cargo(['build', '--locked', '--release'], 'test/conformance/generator', targetDir);
  return join(targetDir, 'release', `generator${exe}`);
}

/**
 * @param {readonly string[]} args
 * @param {string} crate its folder, from the root
 * @param {string} targetDir
 */
export async function cargo(args, crate, targetDir) {
  const env = { ...process.env, CARGO_TARGET_DIR: targetDir };
  await run('cargo', args, { cwd: join(root, crate), env, timeoutSeconds: 1200, quiet: true, next });
}
