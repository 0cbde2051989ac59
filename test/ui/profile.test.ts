import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Vscode } from './vscode.ts';

/** A build on a busy machine. */
const slow = { timeout: 300_000 };

/** As a newcomer would: profile an example, find the line that costs, mend it, and see what that saved. */
describe('Run and Profile', () => {
  let vscode: Vscode;
  before(async () => {
    vscode = await Vscode.open({
      settings: {
        'workbench.colorTheme': 'Default Dark Modern',
        'editor.minimap.enabled': false,
        'wasi-workbench.target': 'wasm32-wasip1',
        'wasi-workbench.profile.inlineFuel': true,
        'wasi-workbench.profileKind': 'outlayer',
      },
    });
    await vscode.openFile('word-count/src/main.rs');
    await vscode.codeLens('Run and Profile').waitFor({ timeout: 30_000 });
  });
  after(() => vscode.close());

  const webview = () => vscode.webview();
  const fuelTab = () => webview().getByRole('tab', { name: 'Fuel' });
  const frames = () => webview().locator('.flame-frame:visible');
  const fuel = async () => Number((await webview().locator('.used').innerText()).replaceAll(',', ''));
  /** What stands behind the lines of the source: the texts are not in the page's own, but in its style. */
  const atLineEnds = () =>
    vscode.page.evaluate(() =>
      [...document.querySelectorAll('.view-lines [class*="ced-"]')].map(
        (line) => getComputedStyle(line, '::after').content,
      ),
    );
  /** The grounds of whole lines. */
  const grounds = () =>
    vscode.page.evaluate(() =>
      [...document.querySelectorAll('.view-overlays [class*="ced-"]')].map(
        (line) => getComputedStyle(line).backgroundColor,
      ),
    );
  let first = 0;

  it('shows the flame graph, with whose code it was', async () => {
    await vscode.codeLens('Run and Profile').click();
    await frames().first().waitFor(slow);
    assert.equal(await fuelTab().getAttribute('aria-selected'), 'true');
    assert.match(
      await webview().locator('.legend').innerText(),
      /Your code \d[\s\S]*Dependencies \d[\s\S]*library \d/,
    );
    first = await fuel();
    await vscode.screenshot('profile-dark');
  });

  it('says above functions what they cost', async () => {
    await vscode
      .codeLens(/\d fuel \(\d.* · 1 call/)
      .first()
      .waitFor();
  });

  it('says at the ends of lines what they cost, on a ground that is the warmer the more it is', async () => {
    await vscode.until(async () =>
      (await atLineEnds()).some((text) => /^"[\d,]+ fuel · [\d.]+ %"$/.test(text)),
    );
    const warm = (await grounds()).filter((colour) => colour !== 'rgba(0, 0, 0, 0)');
    assert.ok(warm.length > 0);
    assert.ok((await atLineEnds()).length > warm.length, 'most lines cost little');
  });

  it('opens the source of what is clicked', async () => {
    await webview().getByRole('button', { name: 'Functions', exact: true }).click();
    await webview().getByRole('searchbox').fill('word_count::');
    await webview()
      .getByRole('button', { name: /^src\/main\.rs:\d+$/ })
      .first()
      .click();
    await vscode.page.locator('.tab.active', { hasText: 'main.rs' }).waitFor();
    await webview().getByRole('searchbox').fill('');
    await vscode.screenshot('profile-functions');
    await webview().getByRole('button', { name: 'Lines', exact: true }).click();
    await vscode.screenshot('profile-lines');
    await webview().getByRole('button', { name: 'Flame', exact: true }).click();
  });

  it('is marked as of before the change, and costs less once the line is mended', async () => {
    const path = join(vscode.folder, 'word-count', 'src', 'main.rs');
    const source = readFileSync(path, 'utf8');
    const mended = source
      .replace(
        'serde_json::from_reader(io::stdin().lock())?',
        'serde_json::from_str(&io::read_to_string(io::stdin())?)?',
      )
      .replace(
        'serde_json::to_writer(&mut stdout, &count(&input))?',
        'stdout.write_all(&serde_json::to_vec(&count(&input))?)?',
      );
    assert.notEqual(mended, source);
    writeFileSync(path, mended);
    await vscode.codeLens('before the last change').first().waitFor({ timeout: 30_000 });
    await vscode.until(async () =>
      (await atLineEnds()).some((text) => text.includes('before the last change')),
    );
    await vscode.screenshot('profile-stale');
    await vscode.codeLens('Run and Profile').click();
    await webview()
      .getByText('Building word-count')
      .or(webview().getByText('Running word-count'))
      .first()
      .waitFor();
    await frames().first().waitFor(slow);
    const second = await fuel();
    assert.ok(second < first * 0.8, `${first} before, ${second} after`);
  });

  it('shows what that saved, by function and by line', async () => {
    await webview()
      .getByRole('button', { name: /−\d.* since last run/ })
      .click();
    const costs = (what: string) =>
      webview().getByRole('table', { name: `${what} that got dearer or cheaper` });
    for (const what of ['Functions', 'Lines']) {
      await costs(what).waitFor();
      assert.match(await costs(what).innerText(), /−\d/, what);
    }
    await vscode.screenshot('profile-compared');
    await fuelTab().click();
  });

  it('shows what was asked of the host, and where memory grew', async () => {
    const calls = webview().getByRole('table', { name: 'Calls of the host' }).getByRole('row');
    await webview().getByRole('button', { name: 'Host', exact: true }).click();
    assert.match(await calls.nth(1).innerText(), /fd_\w+\s+\d/);
    await vscode.screenshot('profile-host');
    await webview().getByRole('button', { name: 'Memory', exact: true }).click();
    // This program's memory is large enough from the start.
    await webview().getByText('Memory stayed as large as it was at the start.').waitFor();
    await vscode.screenshot('profile-memory');
  });

  it('tells what the worker’s build would cost', async () => {
    const compare = webview().getByRole('button', { name: 'Compare with the Worker’s Build' });
    const told = webview().getByText('A run there costs about');
    await compare.click();
    await told.waitFor(slow);
    assert.match(await told.innerText(), /[−+]\d.*% bytes, by .* about 0\.001\d* NEAR or 0\.001\d* USD/);
    await vscode.screenshot('profile-worker');
  });

  for (const [ending, written] of [
    ['.json', /"fuelModel": "wasmtime-28"/],
    ['.speedscope.json', /speedscope\.app/],
    ['.folded', /^_start;.* \d+$/m],
  ] as const) {
    it(`is saved as a file whose ending is ${ending}, and opened again`, async () => {
      const path = join(vscode.folder, 'word-count', `säved${ending}`);
      const title = (text: string) => vscode.page.locator('.quick-input-title', { hasText: text });
      const used = await webview().locator('.used').innerText();
      await webview().getByRole('button', { name: 'Save…' }).click();
      await title('Save the profile').waitFor();
      await vscode.answerPath(path);
      await vscode.until(() => written.test(vscode.fileText(path) ?? ''));

      await vscode.runCommand('WASI: Open Fuel Profile…');
      await title('Open a fuel profile').waitFor();
      await vscode.answerPath(path);
      await webview()
        .getByRole('heading', { name: `säved${ending}` })
        .waitFor();
      // Nothing ran past its end, so the stacks have each unit of the run.
      assert.match(await webview().locator('.subtitle:visible').innerText(), new RegExp(`^${used} fuel`));
      await frames().first().waitFor();
      assert.ok((await frames().allInnerTexts()).some((text) => text.includes('main')));
      await vscode.screenshot(`profile-saved${ending}`);
      await webview().getByRole('button', { name: 'Back to the Run' }).click();
      await fuelTab().waitFor();
      // The source, too, shows the run's again, which has more than these files tell.
      await vscode
        .codeLens(/\d fuel \(\d.* · 1 call/)
        .first()
        .waitFor();
    });
  }

  it('is drawn in a light theme too', async () => {
    await webview().getByRole('button', { name: 'Flame', exact: true }).click();
    await vscode.runCommand('Preferences: Toggle between Light/Dark Themes');
    await vscode.page.locator('.monaco-workbench.vs').waitFor();
    await vscode.until(async () => (await atLineEnds()).some((text) => text.includes('fuel')));
    await vscode.screenshot('profile-light');
  });
});
