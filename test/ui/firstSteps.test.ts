import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
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
    original = join(mkdtempSync(join(tmpdir(), 'first ')), 'projects');
    mkdirSync(join(original, 'built'), { recursive: true });
    writeFileSync(join(original, 'built', 'tiny.wasm'), tinyModule);
    writeFileSync(join(original, 'built', 'demo.wit'), 'package demo:math;\n\ninterface adder {}\n');
    vscode = await Vscode.open({ folder: original });
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

  /** Presses the keys that are suggested for Run. */
  async function pressRun(): Promise<void> {
    await vscode.page.locator('.tab', { hasText: 'main.rs' }).first().click();
    await vscode.page.keyboard.press('Control+K');
    await vscode.page.keyboard.press('Alt+R');
  }

  /** Types over what stands in a line of the sample, whose lines are counted from 1. */
  async function typeAt(line: number, text: string): Promise<void> {
    await vscode.openFile('main.rs', line);
    await vscode.page.keyboard.press('Home');
    await vscode.page.keyboard.press('Shift+End');
    await vscode.page.keyboard.type(text);
  }

  const headline = (text: string | RegExp) => vscode.webview().locator('.headline', { hasText: text });

  it('is offered a sample where there is no crate', async () => {
    await vscode.runCommand('WASI: Run');
    const message = vscode.page.locator('.notification-toast', { hasText: 'There is no Rust crate' });
    await message.getByRole('button', { name: 'Create Sample Program…' }).click(slow);
    await vscode.page.locator('.quick-input-title', { hasText: 'Where to Create “first-steps”' }).waitFor();
    await vscode.screenshot('sample-where');
    await vscode.answerPath(`${vscode.folder}/`);
    await vscode.page.locator('.tab.active', { hasText: 'main.rs' }).waitFor(slow);
    await vscode.codeLens('Run WASM').waitFor(slow);
  });

  it('runs by the keys that are suggested, and shows the fuel above fn main', async () => {
    await pressRun();
    await headline('Succeeded').waitFor(slow);
    await vscode.codeLens('fuel').waitFor(slow);
    await vscode.screenshot('first-fuel');
  });

  it('is told what is broken, and led there', async () => {
    await typeAt(14, 'let broken: u32 = "text";');
    await pressRun();
    await headline('Does not compile: mismatched types').waitFor(slow);
    await vscode.screenshot('first-broken');
    await vscode.page.locator('.squiggly-error').first().waitFor();
    await vscode.openFile('main.rs');
    await vscode.webview().getByRole('button', { name: 'main.rs:14', exact: true }).click();
    await vscode.page.getByText('Ln 14, Col 23').waitFor();
  });

  it('is told that a loop did not end, and what to do', async () => {
    await typeAt(14, 'loop {');
    await pressRun();
    await headline('The program used up its limit of 1,000,000,000 fuel').waitFor(slow);
    await vscode.screenshot('first-endless');
    await vscode.webview().getByRole('button', { name: 'Raise Limit…' }).waitFor();
  });

  it('finds what a .wasm file can do in its menu, and reads it as text', async () => {
    await vscode.runCommand('View: Show Explorer');
    await inExplorer('built').click();
    await inExplorer('tiny.wasm').click({ button: 'right' });
    await menuItem('Run a .wasm File…').waitFor();
    await vscode.screenshot('menu-wasm');
    await menuItem('Show a .wasm File as Text').click();
    await vscode.page.locator('.tab.active', { hasText: 'tiny.wasm.wat' }).waitFor(slow);
    const line = vscode.page.locator('.view-line', { hasText: '(module' });
    await line.waitFor(slow);
    // Its words are coloured, as the grammar tells them apart.
    await line.locator('span[class^="mtk"]').nth(1).waitFor();
    await vscode.screenshot('wasm-text');
  });

  it('runs a .wasm file from its menu', async () => {
    const noInput = vscode.page.locator('.quick-input-list .monaco-list-row', { hasText: 'No Input' });
    // A click on a menu that is still opening may not count.
    while (!(await noInput.isVisible())) {
      await closing(vscode.page.locator('.monaco-menu'));
      await inExplorer('tiny.wasm').click({ button: 'right' });
      await menuItem('Run a .wasm File…').click();
      await noInput.waitFor({ timeout: 10_000 }).catch(() => undefined);
    }
    await noInput.click();
    await headline('Succeeded').waitFor(slow);
    await vscode.webview().getByRole('heading', { name: 'tiny.wasm' }).waitFor();
    // Nothing was built.
    await vscode
      .webview()
      .locator('.subtitle', { hasText: /^wasm32-wasip1 · no input · \d/ })
      .waitFor();
  });

  it('reads WIT in colours', async () => {
    await vscode.openFile('built/demo.wit');
    const line = vscode.page.locator('.view-line', { hasText: 'interface adder' });
    await line.locator('span[class^="mtk"]').nth(1).waitFor();
  });

  it('finds Run and more at the top of the editor of a source, and in its tab’s menu', async () => {
    await vscode.openFile('main.rs');
    const actions = vscode.page.locator('.editor-group-container.active .editor-actions');
    await actions.getByRole('button', { name: 'Run (', exact: false }).first().waitFor();
    await vscode.openFile('Cargo.toml');
    await vscode.page.locator('.tab.active', { hasText: 'Cargo.toml' }).click({ button: 'right' });
    await menuItem('WASI').click();
    await menuItem('Build…').waitFor();
    await vscode.screenshot('menu-tab');
    await closing(vscode.page.locator('.monaco-menu'));
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

  /** A step of the walkthrough that is ticked, or isn't. */
  const step = (title: string, ticked: boolean) =>
    vscode.page
      .locator('.getting-started-step', { hasText: title })
      .locator(`.codicon-getting-started-step-${ticked ? '' : 'un'}checked`);

  it('is led by a walkthrough, which has ticked what was done before it was opened', async () => {
    await vscode.runCommand('Welcome: Open Walkthrough...');
    await vscode.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'Run Rust as WebAssembly' })
      .click();
    for (const title of ['Create a program', 'Install Rust’s wasm targets', 'Run it', 'Let it fail'])
      await step(title, true).waitFor(slow);
    await vscode.screenshot('walkthrough');
    await step('Keep inputs, and test them', false).waitFor();
  });

  it('has a step ticked as it is done', async () => {
    await typeAt(14, 'println!("1");');
    await vscode.codeLens('With Input…').click();
    await vscode.page.locator('.quick-input-list .monaco-list-row', { hasText: 'a large prime' }).click();
    await headline('Succeeded').waitFor(slow);
    await vscode.page
      .locator('.tab', { hasText: /Welcome|Walkthrough/ })
      .first()
      .click();
    await step('Keep inputs, and test them', true).waitFor();
    await step('Read what it cost', true).waitFor();
  });
});
