import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Browser, type Page, chromium } from 'playwright-core';
import { chromiumArgs, chromiumPath } from '../../scripts/lib/debian.mjs';
import { root } from '../../scripts/lib/places.mjs';
import type { RunSummary } from '../../src/shared/panelHistory.ts';
import {
  finished,
  measures,
  openPanel,
  requests,
  run,
  send,
  show,
  success,
  summary as aSummary,
} from './panelPage.ts';

/** The panel's own page in a browser, without an editor around it: what can be seen and pressed in it. */
describe("the run panel's parts", () => {
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath()!, args: chromiumArgs });
  });
  beforeEach(async () => {
    page = await openPanel(browser, 760, 800);
  });
  afterEach(() => page.close());
  after(() => browser.close());

  const press = (...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const active = () => page.locator('[role=treeitem][aria-selected=true]');

  it('walks a JSON tree by the keyboard', async () => {
    await show(page, finished, '{"a":{"b":[1,2]},"c":"text"}');
    await page.getByRole('tree').focus();
    await press('ArrowDown', 'ArrowRight', 'ArrowRight', 'Enter', 'End');
    assert.equal(await active().innerText(), '"c": "text"');
    assert.deepEqual(await page.getByRole('treeitem').allInnerTexts(), [
      '{ 2 items',
      '"a": { 1 item',
      '"b": [ 2 items',
      '1',
      '2',
      '"c": "text"',
    ]);
    await press('Home', 'ArrowDown', 'ArrowDown', 'ArrowLeft', 'ArrowLeft');
    assert.equal(await active().innerText(), '"a": { 1 item');
    assert.equal(await active().getAttribute('aria-level'), '2');
  });

  it('draws only what is in sight of ten megabytes of JSON', async () => {
    const text = JSON.stringify(Array.from({ length: 300_000 }, (_, index) => ({ index, text: 'abcdefgh' })));
    const head = text.slice(0, 400_000);
    const cutCharacters = text.length - 420_000;
    const output = { head, cutCharacters, tail: text.slice(-20_000), bytes: text.length };
    const stderr = { head: '', cutCharacters: 0, tail: '', bytes: 0 };
    await send(page, { type: 'show', run: finished, output, stderr });
    await page.getByText('9,968,891 characters are not shown here').waitFor();
    const asked = { type: 'readStream', run: finished.id, stream: 'output' };
    assert.deepEqual((await requests(page)).at(-1), asked);
    await page.evaluate((json) => {
      const bytes = new TextEncoder().encode(json);
      window.postMessage({ type: 'content', run: 'run-1', stream: 'output', bytes }, '*');
    }, text);
    await page.getByRole('tree').waitFor();
    await page.getByRole('tree').focus();
    await press('End', 'ArrowRight', 'End');
    assert.equal(await active().innerText(), '{ 2 items }');
    assert.ok((await page.getByRole('treeitem').count()) < 100);
  });

  it('searches text, walks through what it found, and gives the focus back', async () => {
    await show(page, finished, 'one\ntwo ONE\nthree one');
    await page.getByRole('region', { name: 'Output', exact: true }).focus();
    await press('Control+f');
    await page.keyboard.type('one');
    const count = page.getByRole('search').getByRole('status');
    assert.equal(await count.innerText(), '1 of 3');
    await press('Enter', 'Enter', 'Enter', 'Shift+Enter');
    assert.equal(await count.innerText(), '3 of 3');
    await page.keyboard.type('!');
    assert.equal(await count.innerText(), 'No results');
    await press('Escape');
    assert.equal(await page.getByRole('search').count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Output');
  });

  it('opens what hides a match in the tree', async () => {
    await show(page, finished, '{"a":{"b":{"c":"needle"}}}');
    await page.getByRole('tree').focus();
    await press('Control+f');
    await page.keyboard.type('needle');
    assert.equal(await active().innerText(), '"c": "needle"');
    assert.equal(await active().locator('mark').innerText(), 'needle');
  });

  it('offers its actions in a menu that keys open, walk and close', async () => {
    await show(page, finished);
    await page.getByRole('button', { name: 'More Actions' }).focus();
    await press('ArrowUp');
    assert.equal(await page.locator(':focus').innerText(), 'Show Log');
    await press('Home', 'o', 'Enter');
    assert.deepEqual((await requests(page)).at(-1), { type: 'command', command: 'openInputs', run: 'run-1' });
    await press('Enter', 'Escape');
    assert.equal(await page.getByRole('menu').count(), 0);
    assert.equal(await page.locator(':focus').getAttribute('aria-label'), 'More Actions');
  });

  it('says that a run is profiled, and so is its repetition', async () => {
    await show(page, { ...finished, profiled: true });
    await page.locator('.subtitle', { hasText: '· profiled ·' }).waitFor();
    assert.match(
      (await page.getByRole('button', { name: 'Run Again' }).getAttribute('title'))!,
      /profiles it again/,
    );
    await show(page, { ...finished, id: 'run-2' });
    assert.doesNotMatch(await page.locator('.subtitle').innerText(), /profiled/);
  });

  it('fills the bar while a program runs, by what it had used when it last wrote', async () => {
    const cost = page.getByRole('region', { name: 'Cost' });
    const running = (fuel: number | null) =>
      ({ ...run, phase: { kind: 'running', elapsedMs: 0, fuel } }) as const;
    await show(page, running(null));
    assert.match(await cost.innerText(), /Fuel\s+–\s[\s\S]*known once it writes/);
    await send(page, { type: 'run', run: running(250_000_000) });
    await cost.getByText('when it last wrote').waitFor();
    assert.match(await cost.innerText(), /Fuel\s+250,000,000\s+of\s+1,000,000,000\s+25\.0/);
    const meter = page.getByRole('meter');
    assert.equal(await meter.getAttribute('aria-valuenow'), '250000000');
    const filled = await meter.evaluate((bar) => bar.firstElementChild!.clientWidth / bar.clientWidth);
    assert.ok(Math.abs(filled - 0.25) < 0.05, `${filled}`);
    await send(page, { type: 'run', run: running(900_000_000) });
    await cost.getByText('Near the limit').waitFor();
  });

  it('tells how fuel changed, why not, and where it ran out', async () => {
    const line = page.locator('.beside-fuel');
    await show(page, { ...finished, change: { kind: 'changed', since: 'run-0', before: 27_660_117 } });
    await page.getByRole('button', { name: '−12.1\u00a0% since last run' }).click();
    assert.deepEqual((await requests(page)).at(-1), { type: 'compare', run: 'run-0', other: 'run-1' });
    await show(page, {
      ...finished,
      change: { kind: 'incomparable', reason: 'Other input than in the last run' },
    });
    assert.match(await line.innerText(), /Other input than in the last run/);
    const fuel = (units: number) => ({ ...success, measures: { ...success.measures!, fuel: units } });
    await show(page, { ...finished, outcome: fuel(900_000_000) });
    assert.match(await line.innerText(), /^Near the limit/);
    const frame = { function: 'parse', file: 'src/main.rs', line: 4, column: 1, module: null, offset: null };
    const error = { code: 'out-of-fuel', cause: null, hint: null, actions: [], backtrace: [frame] } as const;
    await show(page, {
      ...finished,
      outcome: { ...fuel(1_000_000_000), success: false, headline: 'Out of fuel', error },
    });
    assert.match(await line.innerText(), /^Stopped at the limit in parse \(main\.rs:4\)/);
  });

  it('says that it builds, and then that nothing was written yet; Stop is in Run Again’s stead', async () => {
    const [again, stop] = ['Run Again', 'Stop'].map((name) =>
      page.getByRole('button', { name, exact: true }),
    );
    await show(page, finished);
    await again!.focus();
    await show(page, run);
    const output = page.getByRole('region', { name: 'Output', exact: true });
    assert.equal(await output.innerText(), 'Building…');
    assert.deepEqual([await again!.isDisabled(), await stop!.isDisabled()], [true, false]);
    assert.equal(await page.locator(':focus').innerText(), 'Stop');
    await send(page, { type: 'run', run: { ...run, phase: { kind: 'running', elapsedMs: 0, fuel: null } } });
    await output.getByText('Nothing yet.').waitFor();
    await send(page, { type: 'run', run: finished });
    await output.getByText('The program wrote nothing to output.').waitFor();
    assert.deepEqual([await again!.isDisabled(), await stop!.isDisabled()], [false, true]);
    assert.equal(await page.locator(':focus').innerText(), 'Run Again');
  });

  it('has words for what the module is, and no code where the program exited with none', async () => {
    const cost = page.getByRole('region', { name: 'Cost' });
    await show(page, finished);
    assert.match(await cost.innerText(), /Module\s+187.KiB\s+component\s+Exit\s+0/);
    const headline = 'The program panicked';
    await show(page, { ...finished, outcome: { ...success, success: false, headline, measures } });
    assert.match(await cost.innerText(), /Exit\s+–/);
  });

  it('shows the backtrace to who asked for its lines, and leaves the choice of a tab after that', async () => {
    const frame = { function: 'main', file: 'src/main.rs', line: 4, column: 1, module: null, offset: null };
    const error = {
      code: 'panic',
      cause: null,
      hint: null,
      actions: ['Run with Input…'],
      actFirst: true,
      backtrace: [frame],
    } as const;
    const failed = { ...success, success: false, headline: 'It panicked', error };
    const done = { ...finished, id: 'run-lines', withLines: true, outcome: failed } as const;
    const tab = (name: string) => page.getByRole('tab', { name });
    await show(page, { ...run, id: 'run-lines', withLines: true });
    await show(page, done, '', 'thread main panicked');
    assert.equal(await tab('Error').getAttribute('aria-selected'), 'true');
    assert.deepEqual(await page.locator('.status .buttons button').allInnerTexts(), [
      'Run with Input…',
      'main.rs:4',
    ]);
    await tab('Stderr').click();
    await send(page, { type: 'run', run: { ...done, change: { kind: 'first' } } });
    await page.locator('.beside-fuel').waitFor();
    assert.equal(await tab('Stderr').getAttribute('aria-selected'), 'true');
  });

  const summary = (id: string, startedAt: number, more: Partial<RunSummary> = {}): RunSummary => ({
    ...aSummary,
    id,
    startedAt,
    ...more,
  });

  it('colours the cost of two runs, and not their times', async () => {
    const compared = (id: string, runMs: number, fuel: number) => ({
      summary: summary(id, 1),
      buildMs: runMs,
      measures: {
        ...success.measures!,
        runMs,
        fuel,
        measured: id === 'b' ? 'fuel-at-least' : 'exact',
      } as const,
    });
    await show(page, finished);
    await send(page, {
      type: 'comparison',
      comparison: {
        before: compared('b', 2, 2000),
        after: compared('run-1', 1, 1000),
        incomparable: null,
        output: { kind: 'same' },
        stderr: { kind: 'same' },
        costs: null,
      },
    });
    const row = (name: string) => page.getByRole('row', { name: new RegExp(`^${name} `) });
    const change = (name: string) => row(name).locator('.change');
    await row('Fuel').getByText('at least 2,000').waitFor();
    assert.equal(await change('Fuel').getAttribute('data-direction'), 'down');
    for (const name of ['Run', 'Build']) {
      assert.match(await change(name).innerText(), /^−50\.0/);
      assert.equal(await change(name).getAttribute('data-direction'), null, name);
    }
  });

  it('shows what got dearer before all else that two profiled runs differ in', async () => {
    await show(page, finished);
    const compared = (id: string) => ({ summary: summary(id, 1), buildMs: 1, measures });
    const costs = Array.from({ length: 3 }, (_, n) => ({
      name: `app::m::f${n}::<u8>`,
      place: null,
      before: 2,
      after: 1,
    }));
    const comparison = {
      before: compared('run-0'),
      after: compared('run-1'),
      incomparable: null,
      output: { kind: 'same' },
      stderr: { kind: 'same' },
      costs: { functions: costs, lines: [] },
    } as const;
    await send(page, { type: 'comparison', comparison });
    const region = page.getByRole('region', { name: 'Compare', exact: true });
    const captions = () => region.locator('caption').allInnerTexts();
    await region.getByRole('row', { name: /^m::f0<…>/ }).waitFor();
    assert.deepEqual(await captions(), [
      'What they cost',
      'Functions that got dearer or cheaper',
      'Memory, size and times',
    ]);
    const below = (await region.boundingBox())!;
    const first = (await region.getByRole('row', { name: /^m::f0<…>/ }).boundingBox())!;
    assert.ok(first.y + first.height <= below.y + below.height, 'in sight without scrolling');
    await page.screenshot({ path: join(root, 'out', 'screenshots', 'compare-page.png') });
    await send(page, { type: 'comparison', comparison: { ...comparison, costs: null } });
    await region.getByText('Run both with a profile').waitFor();
    assert.deepEqual(await captions(), ['What they cost']);
  });

  it('lists the runs, with what can be done with each by keys', async () => {
    await show(page, finished);
    await send(page, {
      type: 'runs',
      runs: [summary('run-1', 3), summary('b', 2), summary('c', 1, { pinned: true })],
    });
    const rows = page.getByRole('grid', { name: 'Runs' }).getByRole('row');
    assert.equal(await rows.count(), 3);
    assert.equal(await rows.first().getAttribute('aria-selected'), 'true');
    await rows.first().getByRole('button').first().focus();
    await press('ArrowDown', 'Enter');
    assert.deepEqual((await requests(page)).at(-1), { type: 'showRun', run: 'b' });
    await press('ArrowRight', 'Enter');
    assert.deepEqual((await requests(page)).at(-1), { type: 'compare', run: 'b', other: 'run-1' });
    await press('End', 'Enter');
    assert.deepEqual((await requests(page)).at(-1), { type: 'removeRun', run: 'b' });
    await send(page, { type: 'runs', runs: [summary('run-1', 3), summary('c', 1, { pinned: true })] });
    assert.equal(await rows.count(), 2);
    assert.equal(
      await rows.last().getByRole('button', { name: 'Unpin' }).getAttribute('aria-pressed'),
      'true',
    );
    assert.equal(await page.locator(':focus').getAttribute('aria-label'), 'Remove');
  });

  it('keeps its place while output streams in that nobody follows', async () => {
    const lines = Array.from({ length: 500 }, (_, index) => `line ${index}`).join('\n');
    await show(page, { ...run, phase: { kind: 'running', elapsedMs: 0, fuel: null } }, lines);
    const output = page.getByRole('region', { name: 'Output', exact: true });
    await output.evaluate((element) => (element.scrollTop = 100));
    const update = { append: '\nmore', cutCharacters: 0, tail: '', bytes: 5000 };
    await send(page, { type: 'stream', stream: 'output', update });
    await output.getByText('more').waitFor({ state: 'attached' });
    assert.equal(await output.evaluate((element) => element.scrollTop), 100);
  });
});
