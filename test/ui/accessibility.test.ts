import assert from 'node:assert/strict';
import axe from 'axe-core';
import { type Browser, type Page, chromium } from 'playwright-core';
import { chromiumArgs, chromiumPath } from '../../scripts/lib/debian.mjs';
import type { RunSummary } from '../../src/shared/panelHistory.ts';
import type { PanelOutcome } from '../../src/shared/panelRun.ts';
import { emptyStream } from '../../src/shared/panelStream.ts';
import { finished, measures, openPanel, run, send, show, success } from './panelPage.ts';

const summary: RunSummary = {
  id: 'run-1',
  startedAt: 3,
  program: 'app',
  target: run.target,
  input: 'case “default”',
  success: true,
  headline: 'Succeeded',
  fuel: 1000,
  fuelModel: run.fuelModel,
  pinned: false,
  profiled: true,
};

const failure: PanelOutcome = {
  success: false,
  headline: 'The program panicked at src/main.rs:4:1: no',
  error: {
    code: 'panic',
    cause: 'wasm trap: unreachable',
    hint: 'Look at src/main.rs, line 4.',
    actions: ['Raise Limit…'],
    backtrace: [{ function: 'main', file: 'src/main.rs', line: 4, column: 1, module: null, offset: null }],
  },
  measures,
  price: null,
};

/** The panel's own page, whose structure is judged; its colours are the editor's theme's. */
describe('the run panel, by axe', () => {
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath()!, args: chromiumArgs });
    page = await openPanel(browser, 760, 800);
    await page.evaluate(`document.title = 'Run WASM'; ${axe.source}; undefined`);
  });
  after(() => browser.close());

  async function check(): Promise<void> {
    const { violations, passes } = await page.evaluate(async () => {
      const rules = { 'color-contrast': { enabled: false } };
      return (globalThis as unknown as { axe: typeof axe }).axe.run(document, { rules });
    });
    assert.ok(passes.length > 5);
    assert.deepEqual(
      violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)),
      [],
    );
  }

  it('finds nothing before the first run', async () => {
    await send(page, { type: 'show', run: null, output: emptyStream, stderr: emptyStream });
    await page.getByRole('heading', { name: 'Run Rust as WebAssembly' }).waitFor();
    await check();
  });

  it('finds nothing while a program is built and while it runs', async () => {
    await show(page, run);
    await check();
    await show(page, { ...run, phase: { kind: 'running', elapsedMs: 0 } }, 'tick\n');
    await check();
  });

  it('finds nothing in the tree, in hex, in the search and in the list of runs', async () => {
    const runs = [summary, { ...summary, id: 'b', pinned: true }, { ...summary, id: 'c', success: false }];
    await send(page, { type: 'runs', runs });
    await show(
      page,
      { ...finished, outcome: success, profileKind: 'outlayer' },
      '{"a":{"b":[1]},"c":null}',
      'x',
    );
    await page.getByRole('tree').waitFor();
    await page.getByRole('button', { name: 'Find (Ctrl+F)' }).first().click();
    await page.keyboard.type('b');
    await check();
    await page.getByRole('combobox', { name: 'View Output as' }).selectOption('hex');
    await check();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'More Actions' }).click();
    await check();
  });

  it('finds nothing after a run that failed', async () => {
    await show(page, { ...finished, outcome: failure });
    await page.getByRole('tab', { name: 'Error', selected: true }).waitFor();
    await check();
  });

  it('finds nothing in the comparison of two runs', async () => {
    await show(page, finished, 'text');
    const compared = (id: string) => ({ summary: { ...summary, id }, buildMs: 1, measures });
    const cost = { name: 'main', place: 'src/main.rs:1', before: 2, after: 1 };
    await send(page, {
      type: 'comparison',
      comparison: {
        before: compared('b'),
        after: compared('run-1'),
        incomparable: 'Other input than in the last run',
        output: { kind: 'different', added: 1, removed: 0, lines: [{ kind: 'added', text: 'x' }] },
        stderr: { kind: 'same' },
        costs: { functions: [cost], lines: [cost] },
      },
    });
    await page.getByRole('table', { name: 'What they cost' }).waitFor();
    await check();
  });
});
