// Runs a test suite. Every suite leaves a report in the file that WASI_WORKBENCH_REPORT names, as JSON:
// `{ passed, failed, skipped }`, and `files`, the same for each test file, where it can be run in parts.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { finish } from './command.mjs';
import { root } from './places.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {Counts & { files?: Record<string, Counts> }} Report
 */

/** More files than these fail for a reason. */
const mostSecondChances = 2;

/**
 * Runs one suite. One that crashes, runs out of time, leaves no report or runs no test has failed.
 *
 * @param {import('./suites.mjs').Suite} suite
 * @returns {Promise<Counts>}
 */
export async function runSuite(suite) {
  const started = performance.now();
  let { report, problem } = await attempt(suite, []);
  const failing = Object.entries(report.files ?? {}).flatMap(([file, { failed }]) =>
    failed > 0 ? [file] : [],
  );
  if (suite.secondChance && !problem && failing.length > 0 && failing.length <= mostSecondChances) {
    process.stderr.write(`${suite.name}: once more, in an editor of their own: ${failing.join(', ')}\n`);
    const second = await attempt(suite, failing);
    report = merged(report, second.report, failing);
    problem = second.problem;
  }
  if (problem !== undefined) report.failed++;
  const seconds = Math.round((performance.now() - started) / 1000);
  process.stderr.write(
    `${suite.name}: ${countsText(report)} (${seconds} s)${problem ? `: ${problem}` : ''}\n`,
  );
  const { passed, failed, skipped } = report;
  return { passed, failed, skipped };
}

/**
 * @param {import('./suites.mjs').Suite} suite
 * @param {readonly string[]} files as the report of an earlier run names them; none for all
 */
async function attempt({ name, timeoutMinutes, command }, files) {
  const path = join(root, 'out', 'reports', `${name}.json`);
  mkdirSync(join(root, 'out', 'reports'), { recursive: true });
  const data = join(root, 'out', 'data', name);
  rmSync(path, { force: true });
  rmSync(data, { recursive: true, force: true });
  const { code, timedOut } = await finish(process.execPath, command(files), {
    cwd: root,
    // What programs store is the suite's own, and never the user's.
    env: { ...process.env, WASI_WORKBENCH_REPORT: path, WASI_WORKBENCH_DATA: data },
    timeoutSeconds: timeoutMinutes * 60,
  });
  const report = readReport(path);
  return { report, problem: problemOf(report, code, timedOut && timeoutMinutes) };
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
 * @param {string} path
 * @returns {Report} without any test where there is no whole one
 */
function readReport(path) {
  try {
    const { passed, failed, skipped, files } = JSON.parse(readFileSync(path, 'utf8'));
    return { passed, failed, skipped: skipped ?? 0, files };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

/**
 * The report of a run in which some files count as they did the second time.
 *
 * @param {Report} first
 * @param {Report} second of those files alone
 * @param {readonly string[]} files
 * @returns {Report}
 */
function merged(first, second, files) {
  const sum = { passed: second.passed, failed: second.failed, skipped: second.skipped };
  for (const [file, counts] of Object.entries(first.files ?? {})) {
    if (files.includes(file)) continue;
    sum.passed += counts.passed;
    sum.failed += counts.failed;
    sum.skipped += counts.skipped;
  }
  return sum;
}

/** @param {Counts} counts */
export function countsText({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}
