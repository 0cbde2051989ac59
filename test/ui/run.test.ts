import assert from 'node:assert/strict';
import { join } from 'node:path';
import { root } from '../../scripts/lib/places.mjs';
import { Vscode } from './vscode.ts';

/** A build on a busy machine. */
const slow = { timeout: 120_000 };

describe('the run panel', () => {
  let vscode: Vscode;
  before(async () => {
    vscode = await Vscode.open({
      folder: join(root, 'test', 'fixtures', 'editor'),
      settings: { 'workbench.colorTheme': 'Default Dark Modern', 'editor.minimap.enabled': false },
    });
    // The palette lists commands once the extension has been found.
    await vscode.openFile('src/main.rs');
    await vscode.codeLens('Run WASM').waitFor({ timeout: 30_000 });
  });
  after(() => vscode.close());

  const status = () => vscode.webview().getByRole('region', { name: 'Result' });
  const output = () => vscode.webview().getByRole('region', { name: 'Output', exact: true });
  const tree = () => vscode.webview().getByRole('tree', { name: 'Output' });
  const view = () => vscode.webview().getByRole('combobox', { name: 'View Output as' });
  const tab = (name: string | RegExp) => vscode.webview().getByRole('tab', { name });
  const button = (name: string) => vscode.webview().getByRole('button', { name, exact: true });

  /** Presses the code lens of one program, whose file is opened beside the panel. */
  async function press(lens: string, path: string, program: string): Promise<void> {
    await vscode.page.locator('.tab', { hasText: '.rs' }).first().click();
    await vscode.openFile(path);
    await vscode.page
      .locator(`.codelens-decoration a[title*="${program}"]`, { hasText: lens })
      .click({ timeout: 30_000 });
  }

  it('says before the first run what to do', async () => {
    await vscode.runCommand('WASI: Open Run Panel');
    await vscode.webview().getByRole('heading', { name: 'Run Rust as WebAssembly' }).waitFor();
    assert.equal(await button('Run a Program').isEnabled(), true);
    // Nothing beside it: no side bar at the right.
    assert.equal(await vscode.page.locator('.part.auxiliarybar:visible').count(), 0);
    await vscode.screenshot('panel-empty');
  });

  it('lets no script run in its page but its own', async () => {
    const page = vscode.webview().locator('html');
    const policy = await page
      .locator('meta[http-equiv="Content-Security-Policy"]')
      .getAttribute('content', { timeout: 5000 });
    assert.match(
      policy!,
      /^default-src 'none'; script-src 'nonce-[\w+/=]+'; style-src [^;]*; font-src [^;]*$/,
    );
    const ran = await page.evaluate((html) => {
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      html.append(script);
      script.remove();
      return 'injected' in window;
    });
    assert.equal(ran, false);
  });

  it('shows output, fuel and measures after a press on the lens', async () => {
    await press('Run WASM', 'src/main.rs', 'editor');
    await status().getByText('Succeeded').waitFor(slow);
    await tree().getByRole('treeitem', { name: '"long": 12345678901234567890' }).waitFor();
    assert.equal(await vscode.webview().getByRole('heading', { name: 'editor' }).count(), 1);
    const meter = vscode.webview().getByRole('meter');
    assert.ok(Number(await meter.getAttribute('aria-valuenow')) > 0);
    assert.equal(await meter.getAttribute('aria-valuemax'), '1000000000');
    assert.match(
      await vscode.webview().getByRole('region', { name: 'Cost' }).innerText(),
      /Memory\s[\d.]+.[KM]iB\sof 128.MiB\sRun\s[\d.]+.m?s\sof 60.0.s\sLoad\s[\d.]+.m?s\sBuild\s[\d.]+.m?s\sModule\s[\d.]+.KiB\scomponent\sExit\s0/,
    );
    await vscode.screenshot('panel-success');
  });

  it('shows the text as the program wrote it, when asked', async () => {
    await view().selectOption('Text');
    await output().getByText('{"input":"","long":12345678901234567890}').waitFor();
    await view().selectOption('Hex');
    await vscode.webview().getByText('7b 22 69 6e').waitFor();
    await view().selectOption('JSON Tree');
  });

  it('moves between its tabs by the arrow keys', async () => {
    await tab('Output').focus();
    await vscode.page.keyboard.press('ArrowRight');
    assert.equal(await tab(/^Stderr/).getAttribute('aria-selected'), 'true');
    await vscode.webview().getByRole('region', { name: 'Stderr' }).getByText('read 0 bytes').waitFor();
    await vscode.page.keyboard.press('Home');
    assert.equal(await tab('Output').getAttribute('aria-selected'), 'true');
  });

  it('gives the program what was typed as its input', async () => {
    await press('With Input…', 'src/main.rs', 'editor');
    const picker = vscode.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Type Text' });
    await picker.click();
    await vscode.page.locator('.quick-input-title', { hasText: 'Input of the Program' }).waitFor();
    const box = vscode.page.locator('.quick-input-widget input.input').first();
    await box.fill('grüße');
    await box.press('Enter');
    await tree().getByRole('treeitem', { name: '"input": "grüße"' }).waitFor(slow);
    assert.match(await vscode.webview().locator('.subtitle').innerText(), /7 bytes of text/);
  });

  it('shows an endless program while it runs, and stops it', async () => {
    await press('Run WASM', 'src/bin/endless.rs', 'endless');
    await status().getByText('Running endless').waitFor(slow);
    await output().getByText('tick 10').waitFor();
    await vscode.page.locator('.statusbar-item', { hasText: 'Running endless' }).waitFor();
    assert.deepEqual(await vscode.listedCommands('WASI: Stop'), ['WASI: Stop']);
    const used = async () => Number(await vscode.webview().getByRole('meter').getAttribute('aria-valuenow'));
    const soFar = await used();
    assert.ok(soFar > 0);
    await vscode.screenshot('panel-running');
    await button('Stop').click();
    await status()
      .getByText(/stopped/i)
      .first()
      .waitFor();
    assert.equal(await button('Stop').isDisabled(), true);
    assert.ok((await used()) > soFar);
    assert.match(await output().innerText(), /tick 0\n/);
  });

  it('runs again, asks for an input, and stops by the keys that are suggested', async () => {
    await vscode.page.locator('.tab', { hasText: 'endless.rs' }).click();
    const chord = async (key: string) => {
      await vscode.page.keyboard.press('Control+K');
      await vscode.page.keyboard.press(key);
    };
    await chord('Alt+L');
    await status().getByText('Running endless').waitFor(slow);
    await chord('Alt+X');
    await status()
      .getByText(/stopped/i)
      .first()
      .waitFor();
    await chord('Alt+I');
    await vscode.page
      .locator('.quick-input-widget input[placeholder="What to run the program with"]')
      .waitFor();
    await vscode.page.keyboard.press('Escape');
  });

  it('tells a panic, and where it was raised', async () => {
    await press('Run WASM', 'src/bin/panics.rs', 'panics');
    await status().getByText(/panic/i).first().waitFor(slow);
    await output().getByText('about to fail').waitFor();
    await tab(/^Stderr/).click();
    await vscode
      .webview()
      .getByText(/an order book with orders/)
      .first()
      .waitFor();
    await tab('Error').click();
    await vscode.screenshot('panel-panic');
    await status().getByRole('button', { name: 'panics.rs:4' }).click();
    await vscode.page.getByText('Ln 4, Col 32').waitFor();
  });

  it('shows a flood of output by its start and its end, and says what it left out', async () => {
    await press('Run WASM', 'src/bin/flood.rs', 'flood');
    await status().getByText('Succeeded').waitFor(slow);
    await tab('Output').click();
    await output()
      .getByText(/characters are not shown here/)
      .waitFor();
    const text = await output().evaluate((element) => element.textContent);
    assert.ok(text.startsWith('     0 x') && text.includes(' 99999 x'));
    assert.ok(text.length < 600_000);
    await vscode.screenshot('panel-flood');
  });

  it('survives a reload of the window, and runs again after it', async () => {
    await vscode.runCommand('Developer: Reload Window');
    await vscode.page.waitForEvent('load');
    await vscode.webview().getByRole('heading', { name: 'flood' }).waitFor(slow);
    await output()
      .getByText(/characters are not shown here/)
      .waitFor();
    await button('Run Again').click();
    await status()
      .getByText(/^(Building|Running) flood/)
      .waitFor();
    await status().getByText('Succeeded').waitFor(slow);
  });

  it('is one panel, also where a reload of the window left its tab behind another', async () => {
    // Into the group that has the focus, which is the panel's.
    await vscode.openFile('Cargo.toml');
    await vscode.runCommand('Developer: Reload Window');
    await vscode.page.waitForEvent('load');
    await press('Run WASM', 'src/bin/flood.rs', 'flood');
    await status().getByText('Succeeded').waitFor(slow);
    const tabs = vscode.page.locator('.tab', { hasText: 'Run WASM' });
    await vscode.until(async () => (await tabs.count()) === 1);
  });
});
