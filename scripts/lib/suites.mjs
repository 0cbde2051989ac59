// The test suites: what each needs, how it is started, and how long it may take. Every suite leaves its counts
// in a JSON file, `{ passed, failed, skipped }`, whose path is in WASI_WORKBENCH_REPORT.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { finish } from './command.mjs';
import { root } from './places.mjs';

/**
 * @typedef {'rust' | 'rustAnalyzer' | 'bundles' | 'vsix' | 'examples' | 'oracles' | 'editor' | 'llvm'} Need
 *
 * @typedef {object} Suite
 * @property {string} name
 * @property {number} timeoutMinutes
 * @property {readonly Need[]} needs
 * @property {readonly string[]} command arguments of Node.js
 *
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

const mochaProgram = join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');

/**
 * @param {string} folder
 * @param {number} seconds a single test's time-out
 * @param {string} style
 */
const mocha = (folder, seconds, style) => [
  mochaProgram,
  '--no-config',
  `--timeout=${seconds * 1000}`,
  `--reporter=${join(root, 'scripts', 'lib', 'mochaReporter.mjs')}`,
  `--reporter-option=style=${style}`,
  `test/${folder}/**/*.test.ts`,
];

/** @param {string} name */
const script = (name) => [join(root, 'scripts', name)];

/** @type {readonly Suite[]} */
export const suites = [
  { name: 'unit', timeoutMinutes: 15, needs: ['rust'], command: mocha('unit', 60, 'Dot') },
  {
    name: 'cli',
    // On two slow cores, the first time; where its crates are built already it takes a few minutes.
    timeoutMinutes: 30,
    needs: ['rust', 'vsix', 'examples', 'llvm'],
    command: mocha('cli', 300, 'Spec'),
  },
  {
    name: 'parity',
    timeoutMinutes: 15,
    needs: ['rust', 'bundles', 'examples', 'oracles'],
    command: mocha('parity', 300, 'Spec'),
  },
  {
    name: 'integration',
    timeoutMinutes: 25,
    needs: ['rust', 'rustAnalyzer', 'vsix', 'editor'],
    command: script('integration.mjs'),
  },
  {
    name: 'ui',
    timeoutMinutes: 30,
    needs: ['rust', 'vsix', 'examples', 'editor'],
    command: mocha('ui', 240, 'Spec'),
  },
  {
    name: 'conformance',
    // The first time, the oracle and the corpus are built: half of it.
    timeoutMinutes: 30,
    needs: ['rust', 'oracles'],
    command: script('conformance.mjs'),
  },
];

/**
 * Runs one suite. One that crashes, runs out of time, leaves no report or runs no test has failed.
 *
 * @param {Suite} suite
 * @returns {Promise<Counts>}
 */
export async function runSuite({ name, timeoutMinutes, command }) {
  const report = join(root, 'out', 'reports', `${name}.json`);
  mkdirSync(join(root, 'out', 'reports'), { recursive: true });
  const data = join(root, 'out', 'data', name);
  rmSync(report, { force: true });
  rmSync(data, { recursive: true, force: true });
  const started = performance.now();
  const { code, timedOut } = await finish(process.execPath, command, {
    cwd: root,
    // What programs store is the suite's own, and never the user's.
    env: { ...process.env, WASI_WORKBENCH_REPORT: report, WASI_WORKBENCH_DATA: data },
    timeoutSeconds: timeoutMinutes * 60,
  });
  const counts = readCounts(report);
  const problem = problemOf(counts, code, timedOut && timeoutMinutes);
  if (problem !== undefined) counts.failed++;
  const seconds = Math.round((performance.now() - started) / 1000);
  process.stderr.write(`${name}: ${countsText(counts)} (${seconds} s)${problem ? `: ${problem}` : ''}\n`);
  return counts;
}

/**
 * What went wrong besides the tests that the report counts as failed.
 *
 * @param {Counts} counts
 * @param {number | string | null} code
 * @param {number | false} minutes
 */
function problemOf({ passed, failed, skipped }, code, minutes) {
  if (minutes) return `it took longer than ${minutes} minutes`;
  if (code !== 0 && failed === 0) return `it ended with ${code}`;
  if (passed + failed + skipped === 0) return 'it ran no test';
  return undefined;
}

/**
 * The counts of a report; none where there is no whole one.
 *
 * @param {string} report
 * @returns {Counts}
 */
function readCounts(report) {
  try {
    const { passed, failed, skipped } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed, failed, skipped: skipped ?? 0 };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

/** @param {Counts} counts */
export function countsText({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}
