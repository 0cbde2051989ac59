import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { root } from '../../scripts/lib/places.mjs';
import { Vscode } from './vscode.ts';

/** A build on a busy machine. */
const slow = { timeout: 120_000 };

/** `(module (func (export "_start")))` */
const tinyModule = Buffer.from(
  '0061736d010000000104016000000302010007' + '0a01065f737461727400000a040102000b',
  'hex',
);

describe('what a newcomer reaches for', () => {
  let vscode: Vscode;
  let original: string;
  before(async () => {
    original = join(mkdtempSync(join(tmpdir(), 'first ')), 'first-steps');
    cpSync(join(root, 'media', 'sample'), original, { recursive: true });
    mkdirSync(join(original, 'built'));
    writeFileSync(join(original, 'built', 'tiny.wasm'), tinyModule);
    vscode = await Vscode.open({ folder: original });
    await vscode.openFile('main.rs');
    await vscode.codeLens('Run WASM').waitFor({ timeout: 60_000 });
  });
  after(async () => {
    await vscode.close();
    rmSync(join(original, '..'), { recursive: true });
  });

  const inExplorer = (name: string) =>
    vscode.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
  const menuItem = (text: string) =>
    vscode.page.locator('.monaco-menu .action-item', { hasText: text }).first();

  async function closing(menu: Locator): Promise<void> {
    for (let presses = 0; presses < 5 && (await menu.count()) > 0; presses++) {
      await vscode.page.keyboard.press('Escape');
      await vscode.page.waitForTimeout(500);
    }
  }

  it('runs by the keys that are suggested, and shows the fuel above fn main', async () => {
    await vscode.page.keyboard.press('Control+K');
    await vscode.page.keyboard.press('Alt+R');
    await vscode.webview().getByText('Succeeded').first().waitFor(slow);
    await vscode.codeLens('fuel').waitFor(slow);
  });

  it('finds what a .wasm file can do in its menu, and reads it as text', async () => {
    await vscode.runCommand('View: Show Explorer');
    await inExplorer('built').click();
    await inExplorer('tiny.wasm').click({ button: 'right' });
    await menuItem('Run a .wasm File…').waitFor();
    await vscode.screenshot('menu-wasm');
    await menuItem('Show a .wasm File as Text').click();
    await vscode.page.locator('.tab.active', { hasText: 'tiny.wasm.wat' }).waitFor(slow);
    await vscode.page.locator('.view-line', { hasText: '(module' }).waitFor(slow);
    await vscode.screenshot('wasm-text');
  });

  it('finds what a crate can do in the menu of its Cargo.toml', async () => {
    await inExplorer('Cargo.toml').click({ button: 'right' });
    await menuItem('WASI').click();
    await menuItem('Choose Target').waitFor();
    await menuItem('Run with Input…').waitFor();
    await vscode.screenshot('menu-crate');
    // Each press closes one level of the menu.
    await closing(vscode.page.locator('.monaco-menu'));
  });

  it('opens a source from what a terminal prints', async () => {
    await vscode.runCommand('Terminal: Create New Terminal');
    await vscode.page.locator('.terminal-wrapper.active .xterm-helper-textarea').waitFor(slow);
    await vscode.page.keyboard.type('echo "  --> src/main.rs:9:4"\n');
    await vscode.page.waitForTimeout(2000);
    await vscode.screenshot('terminal');
    await vscode.runCommand('Terminal: Open Detected Link...');
    await vscode.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'src/main.rs:9:4' })
      .first()
      .click();
    await vscode.page.getByText('Ln 9, Col 4').waitFor();
  });

  it('is told by an empty Testing view what to do', async () => {
    await vscode.runCommand('Testing: Focus on Test Explorer View');
    const welcome = vscode.page.locator('.welcome-view', { hasText: 'kept in a file of its crate' });
    await welcome.waitFor();
    await vscode.screenshot('testing-empty');
    await welcome.getByText('Open Inputs File').click();
    await vscode.page.locator('.tab.active', { hasText: 'inputs.json' }).waitFor();
  });

  it('is led by a walkthrough', async () => {
    await vscode.runCommand('Welcome: Open Walkthrough...');
    await vscode.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'Run Rust as WebAssembly' })
      .click();
    await vscode.page.getByText('Create a program').first().waitFor();
    await vscode.screenshot('walkthrough');
  });
});
