// Runs commands with a time-out, and ends them with all their children.
import { spawn, spawnSync } from 'node:child_process';
import { StepError } from './steps.mjs';

const windows = process.platform === 'win32';

/** The commands that run now: each leads a process group of its own, which a terminal's Ctrl-C doesn't reach. */
const running = new Set();

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.once(signal, () => {
    for (const child of running) killTree(child);
    process.exit(130);
  });
}
process.once('exit', () => {
  for (const child of running) killTree(child);
});

/**
 * Ends a process that {@link start} started, with everything below it.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
export function killTree(child) {
  if (child.pid === undefined) return;
  if (windows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL'); // it has ended, or leads no group
  }
}

/**
 * Starts a command in a process group of its own, so that {@link killTree} reaches its children.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { detached: !windows, windowsHide: true, ...options });
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/**
 * Runs a program of the repository under this Node.js, with the terminal as its own and for as long as it takes.
 *
 * @param {readonly string[]} args its file first
 * @returns {Promise<number>} its exit code
 */
export function runNode(args) {
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  return new Promise((done) => child.once('exit', (code) => done(code ?? 1)));
}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] the whole environment; this process's by default
 * @property {number} [timeoutSeconds] 300 by default
 * @property {boolean} [quiet] keeps the output back, and shows its end where the command fails
 * @property {string} [next] the next step to name where it fails
 */

/**
 * Runs a command to its end, without stdin.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<string>} its stdout where `quiet`, else nothing
 * @throws {StepError} when it can't be started, fails, or takes too long
 */
export async function run(command, args, options = {}) {
  const { code, stdout, tail, timedOut, seconds } = await finish(command, args, options);
  if (code === 0 && !timedOut) return stdout;
  const how = timedOut ? `took longer than ${seconds} s` : `ended with ${code}`;
  const next = options.next ?? 'Read its output above; running this again continues where it stopped.';
  throw new StepError(`${[command, ...args].join(' ')} ${how}${tail && `:\n${tail}`}`, next);
}

/**
 * Like {@link run}, but a failure is a value.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function finish(command, args, { cwd, env, timeoutSeconds = 300, quiet = false, next } = {}) {
  const shown = quiet ? 'pipe' : 'inherit';
  const child = start(command, args, { cwd, env, stdio: ['ignore', shown, shown] });
  let stdout = '';
  let tail = '';
  let timedOut = false;
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    stdout += text;
    tail = (tail + text).slice(-4000);
  });
  child.stderr?.setEncoding('utf8').on('data', (text) => (tail = (tail + text).slice(-4000)));
  const timer = setTimeout(() => {
    timedOut = true;
    killTree(child);
  }, timeoutSeconds * 1000);
  return new Promise((done, fail) => {
    child.once('error', (error) => {
      clearTimeout(timer);
      const step = next ?? `Install ${command}, or put it on the PATH.`;
      fail(new StepError(`${command} can't be started: ${error.message}`, step, { cause: error }));
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      done({ code: code ?? signal, stdout, tail: tail.trim(), timedOut, seconds: timeoutSeconds });
    });
  });
}
