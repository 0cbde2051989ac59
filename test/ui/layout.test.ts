import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Browser, type Page, chromium } from 'playwright-core';
import { chromiumArgs, chromiumPath } from '../../scripts/lib/debian.mjs';
import { root } from '../../scripts/lib/places.mjs';
import { defaultLimits } from '../../src/shared/limits.ts';
import type { PanelUpdate } from '../../src/shared/panelMessages.ts';
import type { PanelMeasures, PanelOutcome, PanelRun } from '../../src/shared/panelRun.ts';
import { emptyStream } from '../../src/shared/panelStream.ts';
import { workerAnswer } from '../unit/runResult.ts';

const widths = [460, 700, 1100];

const run: PanelRun = {
  program: 'price-feed',
  target: 'wasm32-wasip2',
  buildProfile: 'release',
  profileKind: 'wasi',
  input: 'no input',
  limits: defaultLimits,
  fuelModel: 'wasmtime-28',
  phase: { kind: 'building', elapsedMs: 0, progress: 'serde (3 of 12 crates)' },
  buildMs: null,
  notes: [],
  outcome: null,
};

const measures: PanelMeasures = {
  format: 'p2',
  formatTitle: 'WASI Preview 2 component',
  exitCode: null,
  fuel: 999_999_999,
  peakMemoryBytes: 130_023_424,
  measured: 'exact',
  wasmBytes: 191_488,
  loadMs: 1041,
  runMs: 59_999,
  success: false,
  worker: workerAnswer({ success: false, message: 'It failed.', billedFuel: 0 }),
};

/** A headline and a hint that fit into no line. */
const failure: PanelOutcome = {
  success: false,
  headline: `The program panicked at src/main.rs:41:9: ${'an order book with orders, '.repeat(12)}and more`,
  error: {
    cause: 'wasm trap: unreachable',
    hint: `Look at src/main.rs, line 41. ${'Or somewhere else. '.repeat(12)}`,
    actions: ['Raise Limit…'],
    backtrace: [{ function: 'main', file: 'src/main.rs', line: 41, column: 9, module: null, offset: null }],
  },
  measures,
};

const ended = { ...run, phase: { kind: 'done' }, buildMs: 900 } as const;
const phases: Readonly<Record<string, PanelRun>> = {
  building: run,
  running: { ...run, phase: { kind: 'running', elapsedMs: 0 }, buildMs: 900 },
  success: { ...ended, outcome: { success: true, headline: 'Succeeded', error: null, measures } },
  failure: { ...ended, outcome: failure },
  'build failure': { ...ended, buildMs: null, outcome: { ...failure, measures: null } },
  stopped: { ...ended, outcome: { ...failure, measures: { ...measures, measured: 'fuel-at-least' } } },
  crash: { ...ended, outcome: { ...failure, measures: { ...measures, measured: 'lost', fuel: 0 } } },
};

/** The panel's own page in a browser, without an editor around it. */
describe("the run panel's layout", () => {
  let browser: Browser;
  before(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath()!, args: chromiumArgs });
  });
  after(() => browser.close());

  async function openPanel(width: number): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 700 } });
    const script = `window.acquireVsCodeApi = () => ({ postMessage() {}, getState() {}, setState() {} })`;
    const style = 'body { font: 13px "DejaVu Sans", sans-serif; }';
    await page.setContent(`<html lang="en"><style>${style}</style><main id="panel"></main></html>`);
    await page.addStyleTag({ path: join(root, 'dist', 'webview', 'panel.css') });
    await page.addScriptTag({ content: script });
    await page.addScriptTag({ path: join(root, 'dist', 'webview', 'panel.js') });
    return page;
  }

  async function show(page: Page, shown: PanelRun): Promise<void> {
    const update: PanelUpdate = { type: 'show', run: shown, output: emptyStream, stderr: emptyStream };
    await page.evaluate((data) => window.postMessage(data, '*'), update);
    const { headline } = shown.outcome ?? {
      headline: shown.phase.kind === 'running' ? 'Running' : 'Building',
    };
    await page.locator('.headline', { hasText: headline }).waitFor();
  }

  for (const width of widths) {
    it(`is the same in every phase at ${width} px`, async () => {
      const page = await openPanel(width);
      const tops: Record<string, number[]> = {};
      for (const [phase, shown] of Object.entries(phases)) {
        await show(page, shown);
        tops[phase] = await page
          .locator('.status, .measures, .measures dl > *, .results')
          .evaluateAll((elements) =>
            elements.map((element) => Math.round(element.getBoundingClientRect().top)),
          );
        await page.screenshot({ path: join(root, 'out', 'screenshots', `layout-${width}-${phase}.png`) });
      }
      for (const phase of Object.keys(phases)) assert.deepEqual(tops[phase], tops['building'], phase);
      await page.close();
    });
  }

  it('has all of a failure in the tab of the error', async () => {
    const page = await openPanel(460);
    await show(page, phases['failure']!);
    const text = await page.getByRole('tabpanel', { name: 'Error' }).innerText();
    assert.ok(text.includes(failure.headline) && text.includes('src/main.rs:41:9'));
    assert.ok(text.includes(failure.error!.hint!.trim()) && text.includes('wasm trap: unreachable'));
    await page.close();
  });

  it('says where fuel is a lower bound, and where nothing is known', async () => {
    const page = await openPanel(700);
    const cost = page.getByRole('region', { name: 'Cost' });
    await show(page, phases['failure']!);
    assert.match(await cost.innerText(), /Fuel\s+999,999,999\s/);
    await show(page, phases['stopped']!);
    assert.match(await cost.innerText(), /Fuel\s+at least\s+999,999,999\s/);
    await show(page, phases['crash']!);
    assert.match(await cost.innerText(), /Fuel\s+unknown\s[\s\S]*Memory\s+unknown\s/);
    await page.close();
  });
});
