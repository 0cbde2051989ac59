// Provides the wasmtime hosts that fuel and output are proved against. They stand outside the tree, are made on
// the first call, and are kept as long as their sources stay the same.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';
import { cacheDir, root } from './places.mjs';
import { ensureWasmtimes, wasmtimePython } from './pythonVenv.mjs';
import { say } from './steps.mjs';

const oracleSource = join(root, 'test', 'oracle');
const exe = process.platform === 'win32' ? '.exe' : '';

/**
 * Each oracle's command; it serves one JSON request a line, as test/oracle/serve.py says.
 *
 * - `wasmtime-28`: core modules; the package of that version has no components
 * - `wasmtime-28-p2`: components, by the Rust host
 * - `wasmtime-current`: both
 */
export async function ensureOracles() {
  await ensureWasmtimes();
  const server = join(oracleSource, 'serve.py');
  return {
    'wasmtime-28': { command: wasmtimePython('wasmtime-28'), args: [server] },
    'wasmtime-28-p2': { command: await ensureRustOracle(), args: ['--serve'] },
    'wasmtime-current': { command: wasmtimePython('wasmtime-current'), args: [server] },
  };
}

/** @returns {Promise<string>} the binary of the Rust host on wasmtime 28, built once for its sources */
async function ensureRustOracle() {
  const hash = createHash('sha256');
  const modules = readdirSync(join(oracleSource, 'src')).sort();
  for (const file of ['Cargo.toml', 'Cargo.lock', ...modules.map((name) => join('src', name))]) {
    hash.update(readFileSync(join(oracleSource, file)));
  }
  const folder = join(cacheDir, `oracle-${hash.digest('hex').slice(0, 16)}`);
  const binary = join(folder, `oracle${exe}`);
  if (existsSync(binary)) return binary;
  say('building the host on wasmtime 28 that components are held against (minutes, once)');
  // One target folder for all versions of the source, so that a change compiles this crate only.
  const target = join(cacheDir, 'oracle-target');
  await run('cargo', ['build', '--release', '--locked'], {
    cwd: oracleSource,
    env: { ...process.env, CARGO_TARGET_DIR: target },
    timeoutSeconds: 2400,
    quiet: true,
    next: 'Check the network and the Rust toolchain, then run this again.',
  });
  mkdirSync(folder, { recursive: true });
  const aside = join(folder, `oracle-${process.pid}${exe}`);
  copyFileSync(join(target, 'release', `oracle${exe}`), aside);
  renameSync(aside, binary);
  return binary;
}
