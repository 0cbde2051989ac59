import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { chromiumArgs, chromiumPath } from '../../scripts/lib/debian.mjs';
import { root } from '../../scripts/lib/places.mjs';
import type { PanelOutcome, PanelRun } from '../../src/shared/panelRun.ts';
import { measures, openPanel, run, send, show, success, summary } from './panelPage.ts';

const widths = [460, 700, 1100];

/** A headline and a hint that fit into no line. */
const failure: PanelOutcome = {
  success: false,
  headline: `The program panicked at src/main.rs:41:9: ${'an order book with orders, '.repeat(12)}and more`,
  error: {
    code: 'panic',
    cause: 'wasm trap: unreachable',
    hint: `Look at src/main.rs, line 41. ${'Or somewhere else. '.repeat(12)}`,
    actions: ['Raise Limit…'],
    backtrace: [{ function: 'main', file: 'src/main.rs', line: 41, column: 9, module: null, offset: null }],
  },
  measures,
  price: null,
};

const ended = { ...run, phase: { kind: 'done' }, buildMs: 900 } as const;
const phases: Readonly<Record<string, PanelRun>> = {
  building: run,
  running: { ...run, phase: { kind: 'running', elapsedMs: 0, fuel: null }, buildMs: 900 },
  success: { ...ended, outcome: success },
  failure: { ...ended, outcome: failure },
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

  for (const width of widths) {
    it(`is the same in every phase at ${width} px`, async () => {
      const page = await openPanel(browser, width);
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

  for (const width of widths) {
    it(`ends in dots what of a hint has no room beside its headline at ${width} px`, async () => {
      const page = await openPanel(browser, width);
      const hint = 'Or look somewhere else. '.repeat(20);
      const short = { ...failure, headline: 'Short.', error: { ...failure.error!, hint } };
      for (const outcome of [failure, short]) {
        await show(page, { ...ended, outcome });
        const words = page.locator('.words');
        await page.locator(outcome === failure ? '.words.long' : '.words:not(.long)').waitFor();
        const cut = await words.evaluate((element) => {
          const detail = element.querySelector('.detail')!;
          const { bottom } = detail.getBoundingClientRect();
          return {
            within: bottom <= element.getBoundingClientRect().bottom,
            dots: detail.scrollHeight > detail.clientHeight,
          };
        });
        assert.deepEqual(cut, { within: true, dots: true });
      }
      await page.close();
    });
  }

  it('leaves the room to the errors where the build failed, and nothing ran', async () => {
    const page = await openPanel(browser, 460);
    await show(page, { ...ended, buildMs: null, outcome: { ...failure, measures: null } });
    assert.equal(await page.getByRole('region', { name: 'Cost' }).count(), 0);
    const cause = page.getByRole('region', { name: 'Cause' });
    assert.equal(await cause.evaluate((element) => getComputedStyle(element).whiteSpace), 'pre');
    await show(page, phases['failure']!);
    await page.getByRole('region', { name: 'Cost' }).waitFor();
    await page.close();
  });

  for (const width of [350, 370, 460, 640, 900]) {
    it(`has the buttons of a run beside its text at ${width} px`, async () => {
      const page = await openPanel(browser, width);
      const headline = 'The program panicked at src/main.rs:4:1: no';
      const failed = { ...summary, id: 'other', success: false, headline, fuel: 10_299_673_415 };
      await send(page, { type: 'runs', runs: [summary, { ...failed, fuelAtLeast: true }] });
      await show(page, phases['success']!);
      const row = page.getByRole('grid', { name: 'Runs' }).getByRole('row').nth(1);
      await row.hover();
      const look = (await row.getByRole('button').first().boundingBox())!;
      for (const name of ['Compare with the Run in Sight', 'Repeat This Run', 'Pin', 'Remove']) {
        const button = (await row.getByRole('button', { name, exact: true }).boundingBox())!;
        assert.ok(button.x >= look.x + look.width && button.x + button.width <= width, name);
      }
      const fuel = row.getByText('at least 10,299,673,415 fuel');
      assert.ok(await fuel.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth));
      const { x, width: taken } = (await fuel.boundingBox())!;
      assert.ok(x + taken <= look.x + look.width, 'the fuel is within the text');
      await page.close();
    });
  }

  it('scrolls in a low panel, where nothing lies over anything', async () => {
    const page = await openPanel(browser, 510, 480);
    await show(page, phases['failure']!, 'a line\n'.repeat(500));
    const box = async (selector: string) => (await page.locator(selector).boundingBox())!;
    const [results, runs] = [await box('.results'), await box('.runs')];
    assert.ok(results.height >= 140 && results.height < 300, `${results.height} px`);
    assert.ok(runs.y >= results.y + results.height - 1);
    await page.getByRole('button', { name: /^Runs/ }).scrollIntoViewIfNeeded();
    assert.ok((await box('.runs')).y < 480);
    await page.close();
  });

  it('has all of a failure in the tab of the error', async () => {
    const page = await openPanel(browser, 460);
    await show(page, phases['failure']!);
    const text = await page.getByRole('tabpanel', { name: 'Error' }).innerText();
    assert.ok(text.includes(failure.headline) && text.includes('src/main.rs:41:9'));
    assert.ok(text.includes(failure.error!.hint!.trim()) && text.includes('wasm trap: unreachable'));
    await page.close();
  });

  it('says where fuel is a lower bound, and where nothing is known', async () => {
    const page = await openPanel(browser, 700);
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
