// `npm test`: sets itself up and runs every suite, or those that are named (`npm test -- unit cli`).
// The last line is the sum: `N passed, N failed`, and `, N skipped` where some were.
import { underNode24 } from './lib/node24.mjs';
import { provide } from './lib/needs.mjs';
import { ensurePackages } from './lib/npm.mjs';
import { StepError, script } from './lib/steps.mjs';
import { countsText, runSuite, suites } from './lib/suites.mjs';

await script(async () => {
  const chosen = choose(process.argv.slice(2));
  await underNode24(import.meta.url);
  await ensurePackages();
  await provide(new Set(chosen.flatMap(({ needs }) => needs)));
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const suite of chosen) {
    const counts = await runSuite(suite);
    sum.passed += counts.passed;
    sum.failed += counts.failed;
    sum.skipped += counts.skipped;
  }
  console.log(countsText(sum));
  return sum.failed === 0 ? 0 : 1;
});

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
