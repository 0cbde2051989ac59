import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Vscode } from './vscode.ts';
import { writeFiles } from '../writeFiles.ts';

/** A build on a busy machine. */
const slow = { timeout: 120_000 };

const secret = 'q7-geheim-Wert';

/** Says the secret in every way there is: on both streams, and as the reason of its end. */
const program = `fn main() {
    let key = std::env::var("API_KEY").unwrap();
    println!("key {key}");
    eprintln!("with {key}");
    panic!("refused {key}");
}
`;

const cases = [{ name: 'default', secrets: ['API_KEY'], expect: { output: { text: 'none' } } }];

describe('secrets', () => {
  let vscode: Vscode;
  let original: string;
  before(async () => {
    original = join(mkdtempSync(join(tmpdir(), 'secrets ')), 'secretive');
    writeFiles(original, {
      'Cargo.toml': '[package]\nname = "secretive"\nversion = "0.1.0"\nedition = "2024"\n',
      'src/main.rs': program,
      '.wasi-workbench/inputs.json': JSON.stringify({ cases }, null, 2),
    });
    vscode = await Vscode.open({ folder: original });
    await vscode.openFile('src/main.rs');
    await vscode.codeLens('Run WASM').waitFor({ timeout: 30_000 });
  });
  after(async () => {
    await vscode.close();
    rmSync(join(original, '..'), { recursive: true });
  });

  const headline = () => vscode.webview().locator('.headline');
  const output = () => vscode.webview().getByRole('region', { name: 'Output', exact: true });

  /** The files below a folder that hold the secret. */
  function filesWithSecret(folder: string): string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => readFileSync(path).includes(secret));
  }

  it('are asked for without being shown, and reach the program', async () => {
    await vscode.runCommand('WASI: Set Secret…');
    await vscode.page.locator('.quick-input-title', { hasText: 'Secret API_KEY' }).waitFor();
    assert.equal(await vscode.page.locator('.quick-input-widget input[type="password"]').count(), 1);
    await vscode.answer(secret);
    await vscode.codeLens('Run WASM').click();
    await headline().getByText('panicked').waitFor(slow);
    await output().getByText(`key ${secret}`).waitFor();
  });

  it('are told to nobody who looks later: no file of the editor’s or the crate’s holds them', async () => {
    await vscode.runCommand('Testing: Focus on Test Explorer View');
    await vscode.runCommand('Test: Run All Tests');
    await vscode.page.locator('.codicon-testing-failed-icon').first().waitFor(slow);
    // The failure stands in the editor's own diff, what was expected beside what came, and is kept as it is there.
    await vscode.page.getByText('The output is not what is expected.').first().click();
    const diff = vscode.page.locator('.monaco-diff-editor');
    await diff.locator('.view-line', { hasText: 'none' }).first().waitFor();
    await diff.locator('.view-line', { hasText: 'key [secret API_KEY]' }).first().waitFor();
    await vscode.screenshot('testing-diff');
    // A new window reads what is on the disk.
    await vscode.runCommand('Developer: Reload Window');
    await vscode.page.waitForEvent('load');
    await output().getByText('key [secret API_KEY]').waitFor(slow);
    await headline().getByText('refused [secret API_KEY]').waitFor();
    assert.deepEqual(filesWithSecret(vscode.dataDir), []);
    assert.deepEqual(filesWithSecret(vscode.folder), []);
  });
});
