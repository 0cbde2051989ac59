// Rust: the toolchain that rustup has, with the targets that programs are built for.
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { finish, run } from './command.mjs';
import { root } from './places.mjs';
import { retry, say } from './steps.mjs';

const targets = ['wasm32-wasip1', 'wasm32-wasip2', 'wasm32-unknown-unknown'];
const noRustup = 'Install Rust with rustup, from https://rustup.rs, then run this again.';

/** Adds the wasm targets, and a toolchain where rustup has none yet. */
export async function ensureRust() {
  // rustup's installer changes the PATH of later shells only.
  const bin = join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'bin');
  process.env.PATH = [process.env.PATH ?? '', bin].join(delimiter);
  const active = await finish('rustup', ['show', 'active-toolchain'], {
    cwd: root,
    quiet: true,
    next: noRustup,
  });
  if (active.code !== 0) {
    say('installing the stable Rust toolchain');
    await retry(3, () => run('rustup', ['toolchain', 'install', 'stable', '--profile', 'minimal'], rustup()));
    await run('rustup', ['default', 'stable'], rustup());
  }
  const installed = await run('rustup', ['target', 'list', '--installed'], rustup());
  const missing = targets.filter((target) => !installed.split(/\s+/).includes(target));
  if (missing.length === 0) return;
  say(`installing Rust's targets ${missing.join(', ')}`);
  await retry(3, () => run('rustup', ['target', 'add', ...missing], rustup()));
}

/** rust-analyzer, which the tests in the editor have beside them as users do. */
export async function ensureRustAnalyzer() {
  await ensureRust();
  const { code } = await finish('rust-analyzer', ['--version'], { cwd: root, quiet: true, next: noRustup });
  if (code === 0) return;
  say('installing rust-analyzer');
  await retry(3, () => run('rustup', ['component', 'add', 'rust-analyzer'], rustup()));
}

function rustup() {
  return { cwd: root, quiet: true, timeoutSeconds: 600, next: 'Check the network, then run this again.' };
}
