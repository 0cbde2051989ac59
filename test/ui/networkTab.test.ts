import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { chromiumArgs, chromiumPath } from '../../scripts/lib/debian.mjs';
import { root } from '../../scripts/lib/places.mjs';
import type { NetworkAttempt } from '../../src/shared/network.ts';
import { finished, openPanel, show, success } from './panelPage.ts';

const answered: NetworkAttempt = {
  host: 'api.example.com',
  method: 'GET',
  status: 200,
  bytes: 12_288,
  ms: 1500,
  allowed: true,
  reason: null,
  source: 'network',
};
const unanswered = { status: null, bytes: 0, ms: 0 };
const attempts: readonly NetworkAttempt[] = [
  answered,
  { ...answered, method: 'POST', status: 503, source: 'mock' },
  { ...answered, status: 404, bytes: 17, source: 'cassette' },
  {
    ...answered,
    ...unanswered,
    host: '169.254.169.254',
    allowed: false,
    reason: 'destination blocked: internal/private/link-local address',
    source: 'none',
  },
  { ...answered, ...unanswered, ms: 30_000, reason: 'no answer within 30 s' },
  { ...answered, ...unanswered, reason: 'GET <b>/x</b> is not in the cassette', source: 'cassette' },
];

describe("the run panel's network tab", () => {
  let browser: Browser;
  before(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath()!, args: chromiumArgs });
  });
  after(() => browser.close());

  it('has every attempt: where it went, what came of it, and why not', async () => {
    const page = await openPanel(browser, 900);
    await show(page, { ...finished, outcome: { ...success, network: { attempts, left: 1234 } } });
    const tab = page.getByRole('tab', { name: 'Network' });
    assert.match((await tab.innerText()).replaceAll(/\s+/g, ' '), /^Network 1,240$/);
    await tab.click();
    const table = page.getByRole('table', { name: 'Requests in the order in which they were made' });
    const rows = await table
      .getByRole('row')
      .evaluateAll((all) =>
        all.map((row) =>
          [...row.children].map(({ textContent }) => textContent.trim().replaceAll(/\s/g, ' ')),
        ),
      );
    assert.deepEqual(rows, [
      ['Method', 'Host', 'Status', 'Bytes', 'Time', 'Outcome'],
      ['GET', 'api.example.com', '200', '12 KiB', '1.50 s', 'Answered'],
      ['POST', 'api.example.com', '503', '12 KiB', '1.50 s', 'Mocked'],
      ['GET', 'api.example.com', '404', '17 B', '1.50 s', 'Replayed'],
      [
        'GET',
        '169.254.169.254',
        '–',
        '–',
        '–',
        'Refused: destination blocked: internal/private/link-local address',
      ],
      ['GET', 'api.example.com', '–', '–', '30.0 s', 'Failed: no answer within 30 s'],
      ['GET', 'api.example.com', '–', '–', '–', 'Failed (replayed): GET <b>/x</b> is not in the cassette'],
    ]);
    await page.getByText('… and 1,234 more').waitFor();
    await page.screenshot({ path: join(root, 'out', 'screenshots', 'network-tab.png') });

    // A run that made none says nothing of the one before.
    await show(page, { ...finished, id: 'run-2', outcome: success });
    assert.equal(await tab.count(), 0);
    await page.close();
  });
});
