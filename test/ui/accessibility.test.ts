import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type Page, chromium } from 'playwright-core';
import { chromiumArgs, chromiumPath } from '../../scripts/lib/debian.mjs';
import { root } from '../../scripts/lib/places.mjs';
import type { NetworkAttempt } from '../../src/shared/network.ts';
import type { PanelProfile } from '../../src/shared/panelProfile.ts';
import type { PanelOutcome } from '../../src/shared/panelRun.ts';
import { emptyStream } from '../../src/shared/panelStream.ts';
import { assertNoViolation } from './axe.ts';
import { finished, measures, openPanel, run, send, show, success, summary } from './panelPage.ts';

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

const attempt: NetworkAttempt = {
  host: 'api.example.com',
  method: 'GET',
  status: 200,
  bytes: 512,
  ms: 20,
  allowed: true,
  reason: null,
  source: 'network',
};
const attempts: readonly NetworkAttempt[] = [
  attempt,
  { ...attempt, status: null, allowed: false, reason: 'the host is not allowed', source: 'none' },
  { ...attempt, status: null, reason: 'the connection was refused', source: 'mock' },
];

const origins = ['yours', 'dependency', 'std', 'unknown'] as const;
/** A function of every origin, each called by the one before it. */
const profile: PanelProfile = {
  id: 1,
  title: 'app',
  fuel: 100,
  fuelModel: run.fuelModel,
  uncounted: 0,
  unattributed: 0,
  canRebuild: true,
  functions: origins.map((origin, n) => {
    const place = `src/${origin}.rs:1`;
    const costs = { calls: 1, self: 25, total: 100 - 25 * n, isInlined: false };
    return { name: `app::${origin}`, place, origin, ...costs };
  }),
  lines: origins.map((origin) => ({ place: `src/${origin}.rs:1`, origin, self: 25, total: 25 })),
  crates: origins.map((origin) => ({ origin, name: 'app', self: 25, total: 100 })),
  tree: {
    functions: [0, 1, 2, 3],
    parents: [-1, 0, 1, 2],
    self: [25, 25, 25, 25],
    calls: [1, 1, 1, 1],
  },
  hostCalls: [{ name: 'fd_write', count: 3, bytes: 120, ms: 0.4 }],
  growths: [{ fuel: 10, bytes: 1_179_648, function: 3 }],
};

/** The colours that VS Code gives a webview in each of its own themes, those that the panel uses. */
const themes = JSON.parse(readFileSync(join(root, 'test', 'fixtures', 'themes.json'), 'utf8')) as Readonly<
  Record<string, { readonly bodyClass: string; readonly colors: Readonly<Record<string, string>> }>
>;

/** The panel's own page, in the colours of each theme. */
describe('the run panel, by axe', () => {
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath()!, args: chromiumArgs });
    page = await openPanel(browser, 760, 800);
    await page.evaluate(`document.title = 'Run WASM'`);
  });
  after(() => browser.close());

  /** All rules in the first theme, and in the others the one that colours can break. */
  async function check(): Promise<void> {
    for (const [index, [theme, { bodyClass, colors }]] of Object.entries(themes).entries()) {
      await page.evaluate(
        ({ name, values }) => {
          const { style } = document.documentElement;
          for (const set of [...style].filter((property) => property.startsWith('--'))) {
            style.removeProperty(set);
          }
          for (const [property, value] of Object.entries(values)) style.setProperty(property, value);
          style.background = 'var(--vscode-editor-background)';
          document.body.className = name;
          document.body.style.color = 'var(--vscode-editor-foreground)';
        },
        { name: bodyClass, values: colors },
      );
      await assertNoViolation(page, index === 0 ? 'all' : 'contrast', theme);
    }
  }

  it('finds nothing before the first run', async () => {
    await send(page, { type: 'show', run: null, output: emptyStream, stderr: emptyStream });
    await page.getByRole('heading', { name: 'Run Rust as WebAssembly' }).waitFor();
    await check();
  });

  it('finds nothing while a program is built and while it runs', async () => {
    await show(page, run);
    await check();
    await show(page, { ...run, phase: { kind: 'running', elapsedMs: 0, fuel: null } }, 'tick\n');
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
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 350, height: 800 });
    await check();
    await page.setViewportSize({ width: 760, height: 800 });
  });

  it('finds nothing after a run that failed', async () => {
    await show(page, { ...finished, outcome: failure });
    await page.getByRole('tab', { name: 'Error', selected: true }).waitFor();
    await check();
  });

  it('finds nothing among the requests, and in the answer of the worker', async () => {
    const outcome = { ...success, network: { attempts, left: 2 } };
    await show(page, { ...finished, outcome, profileKind: 'outlayer' });
    await page.getByRole('tab', { name: 'Network' }).click();
    await page.getByRole('row', { name: /is not allowed/ }).waitFor();
    await check();
    await page.getByRole('tab', { name: 'Worker' }).click();
    await page.getByText('The worker would answer').waitFor();
    await check();
  });

  it('finds nothing in the views of a profile', async () => {
    await show(page, { ...finished, outcome: { ...success, profile: 1 } });
    await send(page, { type: 'profile', profile });
    await page.getByRole('treeitem').filter({ visible: true }).first().waitFor();
    await check();
    for (const name of ['Functions', 'Lines', 'Crates']) {
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByRole('table', { name }).waitFor();
      await check();
    }
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
