import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

type AxeWindow = typeof globalThis & { axe?: typeof axe };

/**
 * Asserts that axe-core finds no violation in a page, or in a frame of one, and that it did judge colours.
 *
 * @param rules all of them, or those alone that colours can break
 * @param where what is said of a violation besides what it is
 */
export async function assertNoViolation(
  page: Page | Frame,
  rules: 'all' | 'contrast',
  where: string,
): Promise<void> {
  if (await page.evaluate(() => (globalThis as AxeWindow).axe === undefined)) {
    await page.evaluate(`${axe.source}; undefined`);
  }
  const options: axe.RunOptions = rules === 'all' ? {} : { runOnly: ['color-contrast'] };
  const { violations, passes } = await page.evaluate(
    async (given) => (globalThis as AxeWindow).axe!.run(document, given),
    options,
  );
  assert.ok(passes.some(({ id }) => id === 'color-contrast'));
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
  assert.deepEqual(found, [], where);
}
