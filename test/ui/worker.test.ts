import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examplesTargetDir, root } from '../../scripts/lib/places.mjs';
import { Vscode } from './vscode.ts';

/** A build on a busy machine. */
const slow = { timeout: 120_000 };

describe('what outlives runs, and what repeats them', () => {
  let vscode: Vscode;
  const data = mkdtempSync(join(tmpdir(), 'stored é '));
  const source = mkdtempSync(join(tmpdir(), 'visits '));
  before(async () => {
    // The example reads its interface's WIT from the folder above the examples.
    for (const part of [join('examples', 'visit-counter'), 'wit']) {
      cpSync(join(root, part), join(source, part), { recursive: true });
    }
    const before = process.env;
    // The example is built there already.
    process.env = { ...before, WASI_WORKBENCH_DATA: data, CARGO_TARGET_DIR: examplesTargetDir };
    try {
      vscode = await Vscode.open({ folder: source });
    } finally {
      process.env = before;
    }
    await vscode.openFile('examples/visit-counter/src/main.rs');
    await vscode.codeLens('Run WASM').waitFor({ timeout: 30_000 });
  });
  after(async () => {
    await vscode.close();
    for (const folder of [data, source]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const panel = () => vscode.webview();
  const picked = (name: string | RegExp) =>
    vscode.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first();
  const statusBar = (text: string) => vscode.page.locator('.statusbar-item', { hasText: text });
  /** The program's first saved case, and how many visits it says there were. */
  async function visit(visits: number): Promise<void> {
    await vscode.runCommand('WASI: Run');
    await panel()
      .getByRole('treeitem', { name: `"visits": ${visits}` })
      .waitFor(slow);
    await panel().getByRole('region', { name: 'Result' }).getByText('Succeeded').waitFor(slow);
  }
  async function storageShows(text: string): Promise<void> {
    await vscode.runCommand('WASI: Show Storage');
    await vscode.page.locator('.tab.active', { hasText: 'near-storage.txt' }).waitFor();
    // Editors show spaces as no-break ones.
    const words = new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s'));
    await vscode.page.locator('.editor-instance .view-lines', { hasText: words }).first().waitFor();
  }
  async function choose(mode: string): Promise<void> {
    await vscode.runCommand('WASI: Record or Replay Runs…');
    await picked(new RegExp(`^\\W*${mode}`)).click();
  }

  it('Show Storage has what runs stored, as it is each time', async () => {
    await visit(1);
    await storageShows('"visits/home" = 1 (i64)');
    await visit(2);
    await storageShows('"visits/home" = 2 (i64)');
    await vscode.screenshot('storage');
  });

  it('Reset Storage asks what to delete, and whether to', async () => {
    const dialog = vscode.page.locator('.monaco-dialog-box');
    await vscode.runCommand('WASI: Reset Storage…');
    await picked('alice.testnet/site').click();
    await dialog.getByText('Delete what is stored for alice.testnet/site?').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await storageShows('"visits/home" = 2 (i64)');
    await vscode.runCommand('WASI: Reset Storage…');
    await picked('All projects and wallets').click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await storageShows('Nothing is stored in');
    await visit(1);
  });

  it('Record keeps what runs get from outside, and says so', async () => {
    await choose('Record');
    await statusBar('WASI records').waitFor();
    await visit(2);
    await panel()
      .getByText(/Recorded 2 calls of the worker’s interfaces.* in .*a-visit-[0-9a-f]{6}\.json\./)
      .first()
      .waitFor();
    assert.match(await panel().locator('.subtitle').innerText(), /recorded/);
    await storageShows('"visits/home" = 2 (i64)');
  });

  it('Replay gives the same without the storage, and says so', async () => {
    await choose('Replay');
    await statusBar('WASI replays').waitFor();
    await visit(2);
    await panel()
      .getByText(/Replayed from .*\.json, without a network\./)
      .first()
      .waitFor();
    assert.match(await panel().locator('.subtitle').innerText(), /replayed/);
    await storageShows('"visits/home" = 2 (i64)');
  });

  it('Off reaches the storage again', async () => {
    await choose('Off');
    await statusBar('WASI replays').waitFor({ state: 'detached' });
    await visit(3);
    await storageShows('"visits/home" = 3 (i64)');
    const kept = join(vscode.folder, 'examples', 'visit-counter', '.wasi-workbench', 'cassettes');
    assert.ok(existsSync(kept));
  });
});
