import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Frame } from 'playwright-core';
import { examplesTargetDir, root } from '../../scripts/lib/places.mjs';
import { assertNoViolation } from './axe.ts';
import { Vscode } from './vscode.ts';

/** An example with dependencies, on a busy machine. */
const slow = { timeout: 200_000 };

/** VS Code's own, and the class by which a webview's page knows their kind. */
const themes = {
  'Dark Modern': 'vscode-dark',
  'Light Modern': 'vscode-light',
  'Dark High Contrast': 'vscode-high-contrast:not(.vscode-high-contrast-light)',
  'Light High Contrast': 'vscode-high-contrast-light',
} as const;

/** A program without dependencies, which fails where it has an input. */
const plain = {
  'Cargo.toml': `[package]
name = "plain"
version = "0.1.0"
edition = "2024"

[[bin]]
name = "plain"
path = "plain.rs"
`,
  'plain.rs': `fn main() {
    let input = std::io::read_to_string(std::io::stdin()).unwrap();
    assert_eq!(input, "");
    println!("{}", (1..1000_u64).map(|n| n * n).sum::<u64>());
}
`,
};

/** The panel in the real editor, in its own themes: every tab, each once for each theme. */
describe('the run panel in the editor, by axe', () => {
  let vscode: Vscode;
  let folder: string;
  before(async () => {
    // It asks a service that a mock answers for, so that it has requests and an answer of the worker.
    folder = join(mkdtempSync(join(tmpdir(), 'axe ')), 'projects');
    const isSource = (path: string) => basename(path) !== 'target';
    for (const part of ['examples/near-greeting', 'wit']) {
      cpSync(join(root, part), join(folder, part), { recursive: true, filter: isSource });
    }
    mkdirSync(join(folder, 'plain'));
    for (const [path, text] of Object.entries(plain)) writeFileSync(join(folder, 'plain', path), text);
    const before = process.env;
    process.env = { ...before, CARGO_TARGET_DIR: examplesTargetDir };
    try {
      vscode = await Vscode.open({ folder });
    } finally {
      process.env = before;
    }
    await vscode.openFile('main.rs');
    await vscode.codeLens('Run WASM').waitFor({ timeout: 30_000 });
  });
  after(async () => {
    await vscode.close();
    rmSync(join(folder, '..'), { recursive: true });
  });

  const tab = (name: string | RegExp) => vscode.webview().getByRole('tab', { name });
  const button = (name: string) => vscode.webview().getByRole('button', { name, exact: true });

  async function panelFrame(): Promise<Frame> {
    const body = await vscode.webview().locator('body').elementHandle();
    const frame = (await body.ownerFrame())!;
    // The page is transparent, and axe does not see what the editor has behind it.
    await frame.evaluate(() => {
      document.documentElement.style.background = 'var(--vscode-editor-background)';
    });
    return frame;
  }

  /** Checks what each view shows, all rules in the first theme, and in the others those that colours can break. */
  async function checkInEveryTheme(views: Readonly<Record<string, () => Promise<unknown>>>): Promise<void> {
    for (const [index, [theme, kind]] of Object.entries(themes).entries()) {
      await vscode.chooseTheme(theme);
      await vscode.webview().locator(`body.${kind}`).waitFor();
      for (const [name, bring] of Object.entries(views)) {
        await bring();
        await assertNoViolation(await panelFrame(), index === 0 ? 'all' : 'contrast', `${name}, ${theme}`);
      }
    }
  }

  it('finds nothing before the first run', async () => {
    await vscode.runCommand('WASI: Open Run Panel');
    await vscode.webview().getByRole('heading', { name: 'Run Rust as WebAssembly' }).waitFor();
    await checkInEveryTheme({ empty: () => button('Run a Program').focus() });
  });

  it('finds nothing in what a run wrote, in its requests and in the answer of the worker', async () => {
    await vscode.codeLens('Run WASM').click();
    await vscode.webview().getByText('Succeeded').first().waitFor(slow);
    const view = vscode.webview().getByRole('combobox', { name: 'View Output as' });
    await checkInEveryTheme({
      network: () => tab('Network').click(),
      worker: () => tab('Worker').click(),
      tree: async () => {
        await tab('Output').click();
        await view.selectOption('JSON Tree');
      },
      hex: () => view.selectOption('Hex'),
      text: () => view.selectOption('Text'),
    });
  });

  it('finds nothing in a profile, and in the comparison of two runs', async () => {
    // Not over the panel, which has the focus.
    await vscode.page.locator('.tab', { hasText: 'main.rs' }).click();
    await vscode.openFile('plain.rs');
    for (const count of [2, 3]) {
      await vscode.codeLens('Run and Profile').click({ timeout: 30_000 });
      const rows = vscode.webview().getByRole('grid', { name: 'Runs' }).getByRole('row');
      await rows.nth(count - 1).waitFor(slow);
      await vscode.webview().locator('.flame-frame:visible').first().waitFor(slow);
    }
    const before = vscode.webview().getByRole('grid', { name: 'Runs' }).getByRole('row').nth(1);
    await before.getByRole('button', { name: 'Compare with the Run in Sight' }).click();
    await vscode.webview().getByRole('table', { name: 'What they cost' }).waitFor();
    await vscode.screenshot('axe-compare');
    await checkInEveryTheme({
      compare: () => tab('Compare').click(),
      flame: async () => {
        await tab('Fuel').click();
        await button('Flame').click();
      },
      functions: () => button('Functions').click(),
      lines: () => button('Lines').click(),
    });
  });

  it('finds nothing in a run that failed', async () => {
    await vscode.codeLens('With Input…').click();
    await vscode.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Type Text' }).click();
    await vscode.page.locator('.quick-input-title', { hasText: 'Input of the Program' }).waitFor();
    await vscode.answer('fail');
    await vscode.webview().locator('.headline', { hasText: 'panicked' }).waitFor(slow);
    await checkInEveryTheme({
      error: () => tab('Error').click(),
      stderr: () => tab(/^Stderr/).click(),
    });
  });
});
