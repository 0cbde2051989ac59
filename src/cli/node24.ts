import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { exitCodes } from './exitCodes.ts';

/** Guests need what V8 has from here on: multiple memories, extended constants, relaxed SIMD. */
const major = 24;

/** Where `npm start` and `npm test` put a Node.js from npm's `node` package. */
const provisioned = join(
  homedir(),
  '.cache',
  'wasi-workbench',
  `node-${major}`,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/**
 * Runs the command line here where this Node.js is new enough, else again under the provisioned one.
 *
 * @returns the exit code
 */
export function underNode24(here: () => Promise<number>): Promise<number> {
  if (Number.parseInt(process.versions.node, 10) >= major) return here();
  if (existsSync(provisioned)) return again(provisioned);
  process.stderr.write(
    `wasi-workbench needs Node.js ${major} or later; this is ${process.versions.node}.\n` +
      `Install it from https://nodejs.org, or put it into ~/.cache/wasi-workbench/node-${major} with:\n` +
      `  npm install --prefix ~/.cache/wasi-workbench/node-${major} node@${major}\n`,
  );
  return Promise.resolve(exitCodes.unusable);
}

function again(node: string): Promise<number> {
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  // A terminal's Ctrl-C reaches both processes; this one only has to outlive the other.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? exitCodes.failed));
  });
}
