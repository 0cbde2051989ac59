import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Browser, type Locator, type Page, chromium } from 'playwright-core';
import { chromiumArgs, chromiumPath } from '../../scripts/lib/debian.mjs';
import { root } from '../../scripts/lib/places.mjs';
import { isPanelState, type PanelState, type PanelUpdate } from '../../src/shared/panelMessages.ts';
import type { PanelProfile } from '../../src/shared/panelProfile.ts';
import type { PanelRun } from '../../src/shared/panelRun.ts';
import { emptyStream } from '../../src/shared/panelStream.ts';
import { finished, send as sendTo, success } from './panelPage.ts';

const run: PanelRun = { ...finished, program: 'big', outcome: { ...success, profile: 1 } };

const origins = ['yours', 'dependency', 'std', 'unknown'] as const;

/** Calls as wide and deep as those of a large program: each function calls up to four, over 24 levels. */
function bigProfile(nodes: number): PanelProfile {
  const functions = Array.from({ length: 500 }, (_, n) => ({
    name: `app::module${n % 20}::function_${n}`,
    place: `src/module${n % 20}.rs:${n + 1}`,
    origin: origins[n % 4]!,
    calls: 10 + n,
    self: 1_000_000 - n,
    total: 2_000_000 - n,
    isInlined: false,
  }));
  const tree = { functions: [0], parents: [-1], self: [100], calls: [1] };
  for (let node = 1; node < nodes; node++) {
    tree.parents.push(Math.floor((node - 1) / (1 + (node % 4))));
    tree.functions.push((node * 7) % functions.length);
    tree.self.push(50 + ((node * 7919) % 1000));
    tree.calls.push(1 + (node % 5));
  }
  const fuel = tree.self.reduce((sum, self) => sum + self, 0);
  return {
    id: 1,
    title: 'big',
    fuel,
    fuelModel: 'wasmtime-28',
    uncounted: 0,
    unattributed: 0,
    canRebuild: true,
    growths: [{ fuel: 1000, bytes: 1_179_648, function: 3 }],
    hostCalls: [{ name: 'fd_write', count: 3, bytes: 120, ms: 0.4 }],
    functions,
    lines: functions.map(({ place, origin, self, total }) => ({ place, origin, self, total })),
    crates: [{ origin: 'yours', name: '', self: fuel, total: fuel }],
    tree,
  };
}

/** A program as Rust starts it, whose `main` calls one function. */
const started: PanelProfile = {
  ...bigProfile(1),
  fuel: 100,
  functions: (
    [
      ['_start', 'std'],
      ['__main_void', 'unknown'],
      ['catch_unwind<std::rt::lang_start_internal::{closure#0}, isize>', 'std'],
      ['call_once<fn(), ()>', 'std'],
      ['app::main', 'yours'],
      [
        '<alloc::vec::Vec<app::Item> as core::iter::traits::collect::Extend<app::Item>>::extend::<[app::Item; 4]>',
        'std',
      ],
    ] as const
  ).map(([name, origin], n) => {
    const costs = { calls: 1, self: [1, 1, 1, 1, 36, 60][n]!, total: [100, 99, 98, 97, 96, 60][n]! };
    return { name, place: `src/file${n}.rs:1`, origin, isInlined: false, ...costs };
  }),
  tree: {
    functions: [0, 1, 2, 3, 4, 5],
    parents: [-1, 0, 1, 2, 3, 4],
    self: [1, 1, 1, 1, 36, 60],
    calls: [1, 1, 1, 1, 1, 1],
  },
};

/** The panel's own page in a browser, with a call tree of 50,000 nodes. */
describe('the fuel tab', () => {
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath()!, args: chromiumArgs });
    page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
    const script = `window.requests = []; window.acquireVsCodeApi = () =>
      ({ postMessage(request) { window.requests.push(request); }, getState() { return window.kept; }, setState(state) { window.kept = state; } })`;
    const style = `body { font: 13px "DejaVu Sans", sans-serif; --vscode-charts-blue: #1a85ff; --vscode-charts-green: #388a34;
      --vscode-charts-orange: #d18616; --vscode-foreground: #333; --vscode-editor-background: #fff; }`;
    await page.setContent(`<html lang="en"><style>${style}</style><main id="panel"></main></html>`);
    await page.addStyleTag({ path: join(root, 'dist', 'webview', 'panel.css') });
    await page.addScriptTag({ content: script });
    await page.addScriptTag({ path: join(root, 'dist', 'webview', 'panel.js') });
    await send({ type: 'show', run, output: emptyStream, stderr: emptyStream });
  });
  after(() => browser.close());

  const send = (update: PanelUpdate) => sendTo(page, update);
  const requests = () =>
    page.evaluate(() => (window as unknown as { requests: { type: string }[] }).requests);
  const frames = () => page.getByRole('treeitem').filter({ visible: true });

  it('comes into sight by itself, and asks for the profile once', async () => {
    await page.getByRole('tab', { name: 'Fuel', selected: true }).waitFor();
    await send({ type: 'run', run });
    assert.deepEqual(
      (await requests()).filter(({ type }) => type === 'profile'),
      [{ type: 'profile', id: 1 }],
    );
    await send({ type: 'profile', profile: bigProfile(50_000) });
    await frames().first().waitFor();
  });

  it('draws what can be seen of 50,000 nodes, and zooms without a stutter', async () => {
    const drawn = await frames().count();
    assert.ok(drawn > 50 && drawn <= 4000, `${drawn} frames\n`);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    const used = async () => {
      const { metrics } = await cdp.send('Performance.getMetrics');
      return 1000 * metrics.find(({ name }) => name === 'TaskDuration')!.value;
    };
    const before = await used();
    const times = await page.evaluate(async () => {
      const graph = document.querySelector<HTMLElement>('.flame-frames')!;
      const next = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const spans: number[] = [];
      for (let n = 0; n < 20; n++) {
        const visible = [...graph.querySelectorAll<HTMLElement>('.flame-frame:not([hidden])')];
        const start = performance.now();
        visible[(n * 7) % Math.min(visible.length, 40)]!.click();
        await next();
        await next();
        spans.push(performance.now() - start);
      }
      return spans;
    });
    // What the page's thread computed, whatever else the machine does.
    const each = ((await used()) - before) / times.length;
    const sorted = times.toSorted((a, b) => a - b);
    process.stdout.write(
      `zoom to frame: ${each.toFixed(1)} ms of computing, median ${sorted[10]!.toFixed(1)} ms, longest ${sorted[19]!.toFixed(1)} ms, ${drawn} frames\n`,
    );
    assert.ok(each < 100, `${each} ms`);
    await page.screenshot({ path: join(root, 'out', 'screenshots', 'fuel-flame.png') });
  });

  for (const [width, height] of [
    [350, 780],
    [460, 500],
    [900, 500],
    [900, 780],
  ] as const) {
    it(`has room for twelve rows at ${width} × ${height} px, and cuts nothing above them`, async () => {
      await page.setViewportSize({ width, height });
      // Nothing is selected in a new one.
      await send({ type: 'profile', profile: bigProfile(2000) });
      const part = (selector: string) => page.getByRole('tabpanel', { name: 'Fuel' }).locator(selector);
      const box = async (selector: string) => (await part(selector).boundingBox())!;
      const [frames, hint] = [await box('.flame > .scroller'), await box('.flame-details .hint')];
      assert.ok(frames.height >= 12 * 20, `${frames.height} px`);
      for (const name of ['By Calls', 'Zoom Out']) {
        const button = (await page.getByRole('button', { name }).boundingBox())!;
        assert.ok(button.y + button.height <= frames.y, name);
      }
      const details = await box('.flame-details [role=status]');
      assert.ok(hint.height <= details.height && hint.x + hint.width <= width, 'all of the hint');
      assert.ok(details.y + details.height <= frames.y);
      await part('.flame > .scroller').scrollIntoViewIfNeeded();
      const { y } = await box('.flame > .scroller');
      assert.ok(y < height, 'the panel scrolls to it');
      await page.evaluate(() => (document.getElementById('panel')!.scrollTop = 0));
    });
  }

  it('tells what the run cost in little room, and keeps its toolbar in one line while one searches', async () => {
    await page.setViewportSize({ width: 900, height: 780 });
    const top = async (locator: Locator) => (await locator.boundingBox())!.y;
    assert.equal(await page.locator('.measures dl').isVisible(), false);
    const search = page.getByRole('searchbox');
    const buttons = await top(page.getByRole('group', { name: 'View' }));
    assert.ok(Math.abs((await top(search)) - buttons) < 10);
    const frames = await top(page.locator('.flame > .scroller'));
    await search.fill('function_42');
    await page.locator('.fuel-view [role=status]').first().getByText('found').waitFor();
    assert.equal(await top(page.locator('.flame > .scroller')), frames);
    await search.fill('');
    await page.setViewportSize({ width: 1000, height: 800 });
    await page.getByRole('tab', { name: 'Output' }).click();
    assert.equal(await page.locator('.measures dl').isVisible(), true);
    await page.getByRole('tab', { name: 'Fuel' }).click();
  });

  it('has no button of its toolbar over another, at any width', async () => {
    await page.getByRole('button', { name: 'Lines', exact: true }).click();
    for (const width of [350, 460, 640, 700, 760, 900]) {
      await page.setViewportSize({ width, height: 780 });
      const boxes = await page
        .locator('.fuel-view .toolbar :is(button, input)')
        .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().toJSON() as DOMRect));
      for (const [n, one] of boxes.entries()) {
        assert.ok(one.right <= width, `${width} px`);
        const over = boxes
          .slice(n + 1)
          .filter(
            (other) =>
              other.width > 0 &&
              other.top < one.bottom &&
              other.bottom > one.top &&
              other.left < one.right &&
              other.right > one.left,
          );
        assert.deepEqual(over, [], `${width} px`);
      }
    }
    await page.getByRole('button', { name: 'Flame', exact: true }).click();
    await page.setViewportSize({ width: 1000, height: 800 });
  });

  it('offers the worker’s build where its view leads', async () => {
    const compare = page.getByRole('button', { name: 'Compare with the Worker’s Build' });
    assert.equal(await compare.count(), 0);
    await send({ type: 'run', run: { ...run, profileKind: 'outlayer' } });
    await send({ type: 'profile', profile: bigProfile(2000) });
    await compare.waitFor();
  });

  it('is walked with the keyboard, and opens the source', async () => {
    const graph = page.getByRole('tree');
    await graph.focus();
    await page.keyboard.press('Escape');
    for (let n = 0; n < 30; n++) await page.keyboard.press('Escape');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    const selected = page.locator('[role=treeitem][aria-selected=true]');
    assert.equal(await selected.getAttribute('aria-level'), '2');
    assert.equal(await graph.getAttribute('aria-activedescendant'), await selected.getAttribute('id'));
    await page.keyboard.press('Enter');
    await page.keyboard.press(' ');
    const opened = (await requests()).at(-1);
    assert.equal(opened?.type, 'openSource');
  });

  it('folds what leads to the program’s own code, until it is asked for', async () => {
    await send({ type: 'run', run: { ...run, id: 'run-2', outcome: { ...run.outcome!, profile: 2 } } });
    await send({ type: 'profile', profile: { ...started, id: 2 } });
    await frames()
      .filter({ hasText: /^startup/ })
      .waitFor();
    const texts = () => frames().allInnerTexts();
    assert.deepEqual(await texts(), ['startup (4 frames)', 'app::main', 'Vec<…>::extend<…>']);
    const graph = page.getByRole('tree');
    const selected = page.locator('[role=treeitem][aria-selected=true]');
    await graph.focus();
    await page.keyboard.press('Home');
    assert.match(
      (await selected.getAttribute('aria-label'))!,
      /^startup \(4 frames\): 100 fuel, 100.*; 4 of its own/,
    );
    await page.keyboard.press('ArrowDown');
    assert.match((await selected.getAttribute('aria-label'))!, /^app::main: 96 fuel/);
    await page.keyboard.press('ArrowUp');
    await page.screenshot({ path: join(root, 'out', 'screenshots', 'fuel-startup.png') });
    await page.keyboard.press('Enter');
    assert.deepEqual(await texts(), [
      '_start',
      '__main_void',
      'catch_unwind<…>',
      'call_once<…>',
      'app::main',
      'Vec<…>::extend<…>',
    ]);
    assert.match((await selected.getAttribute('aria-label'))!, /^_start: 100 fuel, 100.*; 1 of its own/);
    await page.getByRole('button', { name: 'Startup', pressed: true }).click();
    await frames().first().click();
    await page.getByRole('button', { name: 'Startup', pressed: true }).waitFor();
    await send({ type: 'run', run });
    await send({ type: 'profile', profile: bigProfile(50_000) });
    await page.getByRole('button', { name: 'Startup' }).waitFor({ state: 'hidden' });
  });

  it('is as wide as what was spent, or by calls as how often', async () => {
    const branches: PanelProfile = {
      ...started,
      id: 4,
      tree: { functions: [4, 5, 5], parents: [-1, 0, 0], self: [10, 80, 10], calls: [1, 2, 8] },
    };
    await send({ type: 'run', run: { ...run, id: 'run-4', outcome: { ...run.outcome!, profile: 4 } } });
    await send({ type: 'profile', profile: branches });
    const share = async (n: number) => {
      const [whole, part] = [await frames().nth(0).boundingBox(), await frames().nth(n).boundingBox()];
      return Math.round((100 * part!.width) / whole!.width);
    };
    await frames()
      .filter({ hasText: /^app::main/ })
      .waitFor();
    assert.ok(Math.abs((await share(1)) - 80) <= 1, `${await share(1)} % of the fuel`);
    const byCalls = page.getByRole('button', { name: 'By Calls' });
    await byCalls.click();
    assert.equal(await byCalls.getAttribute('aria-pressed'), 'true');
    // The heaviest is the first.
    const [most, least] = [await share(1), await share(2)];
    assert.ok(Math.abs(most - 73) <= 1 && Math.abs(least - 18) <= 1, `${most} and ${least} % of the calls`);
    await byCalls.click();
  });

  it('tells what was asked of the host, and where memory grew, over fuel', async () => {
    const rows = page.getByRole('table').filter({ visible: true }).locator('tbody').getByRole('row');
    await page.getByRole('button', { name: 'Host', exact: true }).click();
    assert.match(await rows.first().innerText(), /^fd_write\s+3\s+120\s+0\.4/);
    await page.getByRole('button', { name: 'Memory', exact: true }).click();
    assert.match(await rows.first().innerText(), /^1,000\s+[\d,.]+.%\s+1\.1.MiB\s+call_once/);
    await rows.first().getByRole('button').click();
    assert.deepEqual((await requests()).at(-1), { type: 'openSource', id: 4, of: 'function', index: 3 });
    await page.getByRole('button', { name: 'Flame', exact: true }).click();
  });

  it('has the user’s own functions and lines first, and says what the others cost', async () => {
    const place = 'wasi-libc/libc-top-half/musl/src/string/a_rather_long_folder/of_the_library/memchr.c:57';
    const lines = [
      { place: 'src/main.rs:3', origin: 'yours', self: 36, total: 96 },
      { place, origin: 'std', self: 60, total: 60 },
      { place: 'std/src/rt.rs:1', origin: 'std', self: 4, total: 4 },
    ] as const;
    const crates = [
      { origin: 'yours', name: '', self: 36, total: 96 },
      { origin: 'std', name: 'std', self: 64, total: 100 },
    ] as const;
    await send({ type: 'run', run: { ...run, id: 'run-3', outcome: { ...run.outcome!, profile: 3 } } });
    await send({ type: 'profile', profile: { ...started, id: 3, lines, crates } });
    await page.getByText(/^Your code 36\.0.% \(96\.0.% with what it calls\)$/).waitFor();
    const rows = page.getByRole('table').filter({ visible: true }).locator('tbody').getByRole('row');
    const view = (name: string) => page.getByRole('button', { name, exact: true }).click();
    const own = page.getByRole('button', { name: 'My Code' });
    await own.waitFor({ state: 'hidden' });
    await view('Functions');
    assert.equal(await own.getAttribute('aria-pressed'), 'true');
    assert.match(
      (await rows.allInnerTexts()).join('\n'),
      /^app::main\s+36\b.*\n5 other functions: 64\.0.% of the fuel/s,
    );
    await view('Lines');
    assert.equal(await rows.count(), 2);
    await page.getByRole('button', { name: /^2 other lines: 64\.0.% of the fuel/ }).click();
    assert.equal(await own.getAttribute('aria-pressed'), 'false');
    assert.equal(await rows.count(), 3);
    const kept = () => page.evaluate(() => (window as unknown as { kept: unknown }).kept);
    assert.ok(isPanelState(await kept()));
    assert.equal(((await kept()) as PanelState).onlyYours, false, 'it is remembered');
    const cell = rows.nth(1).getByRole('cell').first();
    assert.equal(await cell.getAttribute('title'), place);
    await cell.getByRole('button', { name: place }).waitFor();
    const shown = (await cell.boundingBox())!;
    const file = cell.getByText('/memchr.c:57', { exact: true });
    const named = (await file.boundingBox())!;
    assert.ok(named.x + named.width <= shown.x + shown.width, 'the file is whole');
    assert.ok(await cell.locator('.folder').evaluate((folder) => folder.scrollWidth > folder.clientWidth));
    await page.screenshot({ path: join(root, 'out', 'screenshots', 'fuel-lines.png') });
    await own.click();
    assert.equal(await rows.count(), 2);
    await page.screenshot({ path: join(root, 'out', 'screenshots', 'fuel-own-lines.png') });
    await page.getByRole('searchbox').fill('memchr');
    assert.deepEqual([await rows.count(), await own.isDisabled()], [1, true], 'a search goes through all');
    await page.getByRole('searchbox').fill('');
    await view('Crates');
    assert.match(await rows.nth(1).innerText(), /Your code\s+36\s+36\.0.%\s+96\s+96\.0/);
    await view('Flame');
    await send({ type: 'run', run });
    await send({ type: 'profile', profile: bigProfile(50_000) });
  });

  it('offers to profile a run that was not', async () => {
    await send({ type: 'run', run: { ...run, id: 'run-5', outcome: success } });
    const panel = page.getByRole('tabpanel', { name: 'Fuel' });
    await panel.getByRole('button', { name: 'Run and Profile' }).click();
    assert.deepEqual((await requests()).at(-1), { type: 'runProfiled' });
    await send({ type: 'run', run });
    await send({ type: 'profile', profile: bigProfile(50_000) });
    await frames().first().waitFor();
  });

  it('finds functions, and lists and sorts them', async () => {
    await page.getByRole('searchbox').fill('function_42');
    assert.match(await page.locator('.fuel-view [role=status]').first().innerText(), /11 found/);
    await page.getByRole('button', { name: 'Functions', exact: true }).click();
    const rows = page.getByRole('table', { name: 'Functions' }).getByRole('row');
    assert.equal(await rows.count(), 12);
    await page.getByRole('button', { name: 'Calls', exact: true }).click();
    assert.match(await rows.nth(1).innerText(), /function_429/);
    await page.getByRole('button', { name: 'Calls', exact: true }).click();
    assert.match(await rows.nth(1).innerText(), /function_42\s/);
    await page.getByRole('searchbox').fill('');
    await page.screenshot({ path: join(root, 'out', 'screenshots', 'fuel-functions.png') });
  });
});
