// Builds the Rust programs that suites run, some of which are held against wasmtime. cargo's target folders stand
// outside the tree.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';
import { cacheDir, cliPath, examplesDir, examplesTargetDir, root } from './places.mjs';
import { retry, say } from './steps.mjs';

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
 * The examples, by the command line itself, so that cargo finds nothing to do when a test builds them the same way:
 * macros that read WIT take minutes, once. A build that the command's own limit of 300 s cuts off goes on with the next
 * attempt.
 */
export async function buildExamples() {
  say('building the examples');
  const env = { ...process.env, CARGO_TARGET_DIR: examplesTargetDir };
  const crates = readdirSync(examplesDir).map((name) => join(examplesDir, name));
  for (const crate of crates.filter((folder) => existsSync(join(folder, 'Cargo.toml')))) {
    const args = [cliPath, 'build', crate, '--locked', '--quiet'];
    await retry(3, () => run(process.execPath, args, { env, timeoutSeconds: 600, quiet: true, next }));
  }
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
