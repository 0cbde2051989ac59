import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFiles } from '../writeFiles.ts';
import { Vscode } from './vscode.ts';

/** A build on a busy machine. */
const slow = { timeout: 120_000 };

describe('a window of several folders', () => {
  let vscode: Vscode;
  let original: string;
  before(async () => {
    original = mkdtempSync(join(tmpdir(), 'folders '));
    for (const name of ['first', 'second']) {
      writeFiles(join(original, name), {
        'Cargo.toml': `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2024"\n`,
        'src/main.rs': `fn main() { println!("from the ${name}") }\n`,
      });
    }
    const folders = ['first', 'second'].map((path) => ({ path }));
    writeFiles(original, {
      'second/.vscode/settings.json': '{ "wasi-workbench.target": "wasm32-wasip1" }',
      'both.code-workspace': JSON.stringify({ folders }),
    });
    vscode = await Vscode.open({ folder: original, workspace: 'both.code-workspace' });
    // The palette lists commands once the extension has been found; a file before the user would decide the crate.
    await vscode.openFile('main.rs');
    await vscode.codeLens('Run WASM').waitFor({ timeout: 30_000 });
    await vscode.runCommand('View: Close All Editors');
  });
  after(async () => {
    await vscode.close();
    rmSync(original, { recursive: true });
  });

  for (const [name, target] of [
    ['first', 'wasm32-wasip2'],
    ['second', 'wasm32-wasip1'],
  ] as const) {
    it(`runs the ${name} crate by its own folder's settings, once it was chosen`, async () => {
      await vscode.runCommand('WASI: Choose a Program and Run It');
      await vscode.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click();
      const output = vscode.webview().getByRole('region', { name: 'Output' });
      await output.getByText(`from the ${name}`).waitFor(slow);
      const subtitle = await vscode.webview().locator('.subtitle').innerText();
      assert.ok(subtitle.startsWith(target), subtitle);
    });
  }
});
