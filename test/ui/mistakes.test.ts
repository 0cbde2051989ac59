import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Locator } from 'playwright-core';
import { cacheDir } from '../../scripts/lib/places.mjs';
import { Vscode } from './vscode.ts';
import { writeFiles } from '../writeFiles.ts';

/** A build on a busy machine. */
const slow = { timeout: 120_000 };
const cargoToml = (name: string, more = '') =>
  `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${more}\n[workspace]\n`;
const targetDir = (process.env['CARGO_TARGET_DIR'] ??= join(cacheDir, 'ui-target'));

/** Crates as somebody has them who knows nothing of this extension yet. */
const crates: Readonly<Record<string, string>> = {
  'cloned/Cargo.toml': cargoToml('cloned', '\n[lib]\ncrate-type = ["cdylib"]\n'),
  'cloned/src/lib.rs': 'pub fn shout(text: &str) -> String {\n    format!("{}!", text.to_uppercase())\n}\n',
  'lacking/Cargo.toml': cargoToml('lacking'),
  'lacking/src/main.rs': `// Built as \`${join(targetDir, 'wasm32-wasip2', 'release', 'lacking.wasm')}\`.
fn main() {
    let key = std::env::var("KEY").unwrap();
    std::fs::write("/data/key.txt", &key).unwrap();
    println!("{key} was written");
}
`,
  'busy/Cargo.toml': cargoToml('busy'),
  'busy/src/main.rs': `fn main() {
    let mut sum = 0u64;
    for n in 0..100_000 {
        sum = sum.rotate_left(3) ^ std::hint::black_box(n);
    }
    println!("{sum}");
}
`,
};

/** What the issue calls a new user: nothing but the mouse, the lightbulb and what is offered. */
describe('mistakes, and the lightbulb that mends them', () => {
  let original: string;
  let vscode: Vscode;
  before(async () => {
    original = join(mkdtempSync(join(tmpdir(), 'mistakes ')), 'from nowhere');
    writeFiles(original, crates);
    const settings = { 'editor.minimap.enabled': false, 'wasi-workbench.limits.maxInstructions': 200_000 };
    vscode = await Vscode.open({ folder: original, settings });
  });
  after(async () => {
    await vscode.close();
    rmSync(dirname(original), { recursive: true });
  });

  const page = () => vscode.page;
  const status = () => vscode.webview().getByRole('region', { name: 'Result' });
  const output = () => vscode.webview().getByRole('region', { name: 'Output', exact: true });
  const squiggle = () => page().locator('[class*="squiggly-"]').first();
  const picked = (text: string) =>
    page().locator('.quick-input-list .monaco-list-row', { hasText: text }).first();

  /** Shows a file beside the panel, its editor in focus. */
  async function show(path: string, line = 1): Promise<void> {
    const tabs = page().locator('.tab', { hasText: /\.rs|\.toml|\.json/ });
    if ((await tabs.count()) > 0) await tabs.first().click();
    await vscode.openFile(path, line);
  }

  /** Presses the lens above the `fn main` of a file. */
  async function run(path: string): Promise<void> {
    await show(path);
    await vscode.codeLens('Run WASM').first().click(slow);
  }

  /**
   * Goes to the next problem of a file, and takes what the lightbulb offers.
   *
   * @param done what comes in sight then; an editor that is busy may close the menu before the click counts
   */
  async function mend(path: string, line: number, fix: string, done: Locator): Promise<void> {
    await show(path, line);
    await squiggle().waitFor(slow);
    const offered = page().locator('.action-widget .monaco-list-row', { hasText: fix }).first();
    await vscode.insist(async () => {
      if (await done.isVisible()) return;
      await page().keyboard.press('Escape');
      await vscode.openFile(path, line);
      await page().keyboard.press('F8');
      await page().keyboard.press('Escape');
      await page().keyboard.press('Control+.');
      // The place of a problem is known a moment before its fixes are.
      await offered.waitFor({ timeout: 5000 });
      await vscode.screenshot(`lightbulb-${fix.replaceAll(/\W+/g, '-').toLowerCase()}`);
      await offered.click({ timeout: 5000 });
      await done.waitFor({ timeout: 15_000 });
    });
  }

  /** Shows the hover of the place where the cursor is, until it says something. */
  async function hoverHere(text: string): Promise<Locator> {
    const hover = page().locator('.monaco-hover', { hasText: text });
    await vscode.insist(async () => {
      await page().keyboard.press('Control+K');
      await page().keyboard.press('Control+I');
      await hover.waitFor({ timeout: 15_000 });
    });
    return hover;
  }

  /** They open above everything else. */
  async function closeSettings(): Promise<void> {
    const settings = page().locator('.settings-editor');
    for (let presses = 0; presses < 10 && (await settings.isVisible()); presses++) {
      await page().keyboard.press('Escape');
      await page().waitForTimeout(500);
    }
  }

  it('a [lib] crate from nowhere: the problem, the lightbulb, and Run WASM works', async () => {
    await show('cloned/Cargo.toml');
    await squiggle().waitFor(slow);
    await vscode.runCommand('Problems: Focus on Problems View');
    await page()
      .locator('.markers-panel .monaco-list-row', { hasText: "This library can't be run" })
      .first()
      .waitFor(slow);
    await vscode.screenshot('problem-of-a-library');
    // The file that the fix makes is what the user goes on with.
    const made = page().locator('.tab.active', { hasText: 'main.rs' });
    await mend('cloned/Cargo.toml', 7, 'Make it a program: add src/main.rs with fn main', made);
    await page().locator('.tab', { hasText: 'Cargo.toml' }).click();
    await page().locator('.view-line', { hasText: '[[bin]]' }).first().waitFor();
    await squiggle().waitFor({ ...slow, state: 'detached' });
    await run('cloned/src/main.rs');
    await status().getByText('Succeeded').waitFor(slow);
    await output().getByText('!', { exact: true }).waitFor();
    await vscode.screenshot('library-that-runs');
  });

  it('tells over fn main what the last build was', async () => {
    await show('cloned/src/main.rs', 1);
    for (let right = 0; right < 4; right++) await page().keyboard.press('ArrowRight');
    const hover = await hoverHere('Last build: wasm32-wasip2');
    await hover.getByText('WASI component').waitFor(slow);
    await hover.getByText('wasi:cli/').first().waitFor();
    await vscode.screenshot('hover-main');
    await page().keyboard.press('Escape');
  });

  it('asks for a variable that is not set, and for a folder that is not given, after which it runs', async () => {
    await run('lacking/src/main.rs');
    await status()
      .getByText(/NotPresent/)
      .first()
      .waitFor(slow);
    const title = page().locator('.quick-input-title', { hasText: 'Value of KEY' });
    await mend('lacking/src/main.rs', 3, 'Set KEY for runs', title);
    const box = page().locator('.quick-input-widget input.input').first();
    await box.fill('a-key');
    await vscode.screenshot('value-of-a-variable');
    await box.press('Enter');
    await page().locator('.tab.active', { hasText: 'inputs.json' }).waitFor(slow);

    await run('lacking/src/main.rs');
    await status()
      .getByText(/lacking\/src\/main\.rs:4|main\.rs:4/)
      .first()
      .waitFor(slow);
    const folder = picked('A folder of its own');
    await mend('lacking/src/main.rs', 4, 'Give runs a folder as /data', folder);
    await vscode.screenshot('folder-for-runs');
    await folder.click();
    await page().locator('.tab.active', { hasText: 'inputs.json' }).waitFor(slow);

    await run('lacking/src/main.rs');
    await status().getByText('Succeeded').waitFor(slow);
    await output().getByText('a-key was written').waitFor();
    await vscode.screenshot('what-lacked-is-given');
  });

  it('tells over the path of a .wasm file what it is', async () => {
    await show('lacking/src/main.rs', 1);
    await page().keyboard.press('End');
    for (let left = 0; left < 8; left++) await page().keyboard.press('ArrowLeft');
    await hoverHere('WASI component');
    await vscode.screenshot('hover-path');
    await page().keyboard.press('Escape');
  });

  it('completes what a saved case can say', async () => {
    await show('inputs.json');
    await page().locator('.view-line', { hasText: '"name"' }).first().click();
    await page().keyboard.press('End');
    await page().keyboard.press('Enter');
    await page().keyboard.type('"');
    const suggestion = page().locator('.suggest-widget .monaco-list-row', { hasText: 'limits' });
    await suggestion.waitFor(slow);
    await vscode.screenshot('completion-in-inputs');
    await page().keyboard.press('Escape');
    for (let undone = 0; undone < 3; undone++) await page().keyboard.press('Control+Z');
  });

  it('stands at the hottest line where fuel ran out, and leads to the limit, after which it runs', async () => {
    await run('busy/src/main.rs');
    await status().getByText('The program used up its limit of 200,000 fuel.').waitFor(slow);
    await vscode.runCommand('WASI: Run and Profile');
    await status()
      .getByText(/mend busy\/src\/main\.rs:4, where \d+ % of the fuel went/)
      .waitFor(slow);
    await status().getByRole('button', { name: 'Show Hottest Line' }).click();
    await page().getByText('Ln 4, Col 1').waitFor(slow);
    await squiggle().waitFor(slow);
    await vscode.screenshot('out-of-fuel-at-its-line');

    const limit = page().locator('.settings-editor .setting-item-number input').first();
    await mend('busy/src/main.rs', 4, 'Raise the instruction limit', limit);
    await limit.fill('100000000');
    await limit.press('Tab');
    // What was typed is written down a moment later, or never where the settings are closed before.
    await vscode.until(() => vscode.settings()['wasi-workbench.limits.maxInstructions'] === 100_000_000);
    await vscode.screenshot('raised-limit');
    await closeSettings();
    await run('busy/src/main.rs');
    await status().getByText('Succeeded').waitFor(slow);
  });
});
