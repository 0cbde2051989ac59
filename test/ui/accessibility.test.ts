import assert from 'node:assert/strict';
import { join } from 'node:path';
import axe from 'axe-core';
import { root } from '../../scripts/lib/places.mjs';
import { Vscode } from './vscode.ts';

/** A build on a busy machine. */
const slow = { timeout: 120_000 };

const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

describe('the run panel, by axe', () => {
  let vscode: Vscode;
  before(async () => {
    vscode = await Vscode.open({ folder: join(root, 'test', 'fixtures', 'editor') });
    await vscode.openFile('src/main.rs');
    await vscode.codeLens('Run WASM').waitFor({ timeout: 30_000 });
  });
  after(() => vscode.close());

  const panel = () => vscode.webview();
  const status = () => panel().getByRole('region', { name: 'Result' });

  async function run(program: string): Promise<void> {
    await vscode.runCommand('WASI: Choose a Program and Run It');
    await vscode.page.locator('.quick-input-list .monaco-list-row', { hasText: program }).first().click();
  }

  /** Looks at the panel in each theme, and leaves a picture of it. */
  async function check(name: string): Promise<void> {
    const found: string[] = [];
    for (const [theme, setting] of Object.entries(themes)) {
      vscode.setSettings({ 'workbench.colorTheme': setting, 'window.autoDetectHighContrast': false });
      const kind = { dark: 'vscode-dark', light: 'vscode-light' }[theme] ?? `vscode-${theme}`;
      const body = panel().locator(`body[data-vscode-theme-kind="${kind}"]`);
      await body.waitFor({ timeout: 30_000 });
      const frame = await (await body.elementHandle()).ownerFrame();
      await frame!.evaluate(`${axe.source}; undefined`);
      const { violations } = await frame!.evaluate(async () => {
        return (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
          resultTypes: ['violations'],
        });
      });
      for (const { id, nodes } of violations) {
        found.push(...nodes.map(({ html, failureSummary }) => `${theme}: ${id}: ${html}\n${failureSummary}`));
      }
      await vscode.screenshot(`axe-${name}-${theme}`);
    }
    assert.deepEqual(found, []);
  }

  it('finds nothing before a run', async () => {
    await vscode.runCommand('WASI: Open Run Panel');
    await panel().getByRole('heading', { name: 'Run Rust as WebAssembly' }).waitFor();
    await check('empty');
  });

  it('finds nothing while a program runs', async () => {
    await run('endless');
    await status().getByText('Running endless').waitFor(slow);
    await check('running');
    await panel().getByRole('button', { name: 'Stop' }).click();
    await status()
      .getByText(/stopped/i)
      .first()
      .waitFor();
  });

  it('finds nothing after a run, in the tree, in hex and in the search', async () => {
    await run('editor');
    await status().getByText('Succeeded').waitFor(slow);
    await panel().getByRole('tree', { name: 'Output' }).waitFor();
    await check('done');
    await panel().getByRole('combobox', { name: 'View Output as' }).selectOption('Hex');
    await panel().getByRole('button', { name: 'Find (Ctrl+F)' }).first().click();
    await vscode.page.keyboard.type('input');
    await check('hex');
    await vscode.page.keyboard.press('Escape');
  });

  it('finds nothing in the comparison of two runs', async () => {
    await panel().getByRole('button', { name: 'Run Again', exact: true }).click();
    await panel()
      .getByRole('button', { name: /since last run/ })
      .waitFor(slow);
    await panel()
      .getByRole('button', { name: /since last run/ })
      .click();
    await panel().getByRole('table', { name: 'What they cost' }).waitFor();
    await check('compare');
  });

  it('finds nothing after a run that failed', async () => {
    await run('panics');
    await status()
      .getByText(/panicked/)
      .first()
      .waitFor(slow);
    await panel().getByRole('tab', { name: 'Error' }).click();
    await check('failed');
    await panel().getByRole('button', { name: 'More Actions' }).click();
    await panel().getByRole('menu', { name: 'More Actions' }).waitFor();
    await check('menu');
  });
});
