import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { root } from '../../scripts/lib/places.mjs';
import type { RunSummary } from '../../src/shared/panelHistory.ts';
import type { PanelUpdate } from '../../src/shared/panelMessages.ts';
import type { PanelOutcome, PanelRun } from '../../src/shared/panelRun.ts';
import { emptyStream } from '../../src/shared/panelStream.ts';
import { panelMeasures, panelRun } from '../unit/panelRun.ts';
import { workerAnswer } from '../unit/runResult.ts';

/** A run in its build, for tests to vary. */
export const run = panelRun({
  startedAt: 1_700_000_000_000,
  program: 'price-feed',
  phase: { kind: 'building', elapsedMs: 0, progress: 'serde (3 of 12 crates)' },
});

export const measures = panelMeasures({
  fuel: 999_999_999,
  peakMemoryBytes: 130_023_424,
  wasmBytes: 191_488,
  loadMs: 1041,
  runMs: 59_999,
  success: false,
  worker: workerAnswer({ success: false, message: 'It failed.', billedFuel: 0 }),
});

export const success: PanelOutcome = {
  success: true,
  headline: 'Succeeded',
  error: null,
  measures: { ...measures, success: true, fuel: 24_318_904, loadMs: 3.1, runMs: 15.2 },
  price: null,
};

export const finished: PanelRun = { ...run, phase: { kind: 'done' }, buildMs: 900, outcome: success };

/** A line of the list of runs. */
export const summary: RunSummary = {
  id: 'run-1',
  startedAt: 3,
  program: 'app',
  target: run.target,
  input: 'case “default”',
  success: true,
  headline: 'Succeeded',
  fuel: 1000,
  fuelAtLeast: false,
  fuelModel: run.fuelModel,
  pinned: false,
  profiled: true,
};

/** The panel's own page in a browser, without an editor around it. What it asks for is in `window.requests`. */
export async function openPanel(browser: Browser, width: number, height = 700): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height } });
  const script = `window.requests = [];
    window.acquireVsCodeApi = () => ({ postMessage: (r) => window.requests.push(r), getState() {}, setState() {} })`;
  const style = `body { font: 13px "DejaVu Sans", sans-serif; --vscode-editor-font-family: "DejaVu Sans Mono";
    --vscode-editor-font-size: 13px; }`;
  await page.setContent(`<html lang="en"><style>${style}</style><main id="panel"></main></html>`);
  await page.addStyleTag({ path: join(root, 'dist', 'webview', 'panel.css') });
  await page.addScriptTag({ content: script });
  await page.addScriptTag({ path: join(root, 'dist', 'webview', 'panel.js') });
  return page;
}

/** Tells the panel something; it has been told when this resolves. */
export async function send(page: Page, update: PanelUpdate): Promise<void> {
  await page.evaluate(
    (data) =>
      new Promise<void>((told) => {
        // The panel's own listener is older, and so called before.
        window.addEventListener('message', () => told(), { once: true });
        window.postMessage(data, '*');
      }),
    update,
  );
}

/** Shows a run with what it wrote. */
export async function show(page: Page, shown: PanelRun, output = '', stderr = ''): Promise<void> {
  const text = (head: string) => ({ ...emptyStream, head, bytes: Buffer.byteLength(head) });
  await send(page, { type: 'show', run: shown, output: text(output), stderr: text(stderr) });
  const busy = shown.phase.kind === 'running' ? 'Running' : 'Building';
  await page.locator('.headline', { hasText: shown.outcome?.headline ?? busy }).waitFor();
}

/** What the panel has asked the editor for so far. */
export async function requests(page: Page): Promise<unknown[]> {
  return page.evaluate(() => (window as unknown as { requests: unknown[] }).requests);
}
