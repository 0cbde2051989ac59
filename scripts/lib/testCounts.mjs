// What a mocha run leaves for `runSuite`: its counts, all in all and by test file.
import { writeFileSync } from 'node:fs';

/**
 * @param {Mocha.Runner} runner
 * @param {string} report path of the file
 * @param {(file: string) => string} nameOf what to call a test file, such that the suite can be told to run it alone
 */
export function reportCounts(runner, report, nameOf) {
  /** @type {import('./runSuite.mjs').Counts} */
  const all = { passed: 0, failed: 0, skipped: 0 };
  /** @type {Record<string, import('./runSuite.mjs').Counts>} */
  const files = {};
  for (const [event, outcome] of /** @type {const} */ ([
    ['pass', 'passed'],
    ['fail', 'failed'],
    ['pending', 'skipped'],
  ])) {
    // A hook that fails is told of as a test is.
    runner.on(event, (/** @type {Mocha.Test} */ { file }) => {
      const counts = (files[nameOf(file ?? '')] ??= { passed: 0, failed: 0, skipped: 0 });
      counts[outcome]++;
      all[outcome]++;
    });
  }
  runner.once('end', () => writeFileSync(report, JSON.stringify({ ...all, files })));
}
