// `npm test`: sets itself up and runs every suite, or those that are named (`npm test -- unit cli`).
// The last line is the sum: `N passed, N failed`, and `, N skipped` where some were.
import { provide } from './lib/needs.mjs';
import { underNode24 } from './lib/node24.mjs';
import { ensurePackages } from './lib/npm.mjs';
import { countsText, runSuite } from './lib/runSuite.mjs';
import { StepError, script, tellFailure } from './lib/steps.mjs';
import { suites } from './lib/suites.mjs';

await script(async () => {
  const chosen = choose(process.argv.slice(2));
  const sum = { passed: 0, failed: 0, skipped: 0 };
  try {
    await underNode24(import.meta.url);
    await ensurePackages();
    for (const suite of chosen) {
      const counts = await setUpAndRun(suite);
      sum.passed += counts.passed;
      sum.failed += counts.failed;
      sum.skipped += counts.skipped;
    }
  } catch (error) {
    tellFailure(error);
    sum.failed += chosen.length;
  }
  console.log(countsText(sum));
  return sum.failed === 0 ? 0 : 1;
});

/**
 * Runs a suite; one that lacks what it needs has failed, and the others go on.
 *
 * @param {import('./lib/suites.mjs').Suite} suite
 */
async function setUpAndRun(suite) {
  try {
    await provide(suite.needs);
  } catch (error) {
    tellFailure(error);
    process.stderr.write(`${suite.name}: 0 passed, 1 failed: it could not be set up\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  return runSuite(suite);
}

/**
 * @param {readonly string[]} names
 * @returns {readonly import('./lib/suites.mjs').Suite[]}
 */
function choose(names) {
  const known = suites.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new StepError(
      `There is no test suite ${unknown}.`,
      `Name some of ${known.join(', ')}, or none for all.`,
    );
  }
  return names.length === 0 ? suites : suites.filter(({ name }) => names.includes(name));
}
