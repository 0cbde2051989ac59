import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/lib/places.mjs';
import type { SavedInput } from '../../src/shared/savedInput.ts';
import { Vscode } from './vscode.ts';

/** A build on a busy machine. */
const slow = { timeout: 120_000 };

/** What the fixture's program writes for an input. */
const written = (input: string) => `{"input":"${input}","long":12345678901234567890}\n`;

/** What can be done with what a run wrote, and with the runs of before, in the real editor. */
describe('runs that have ended', () => {
  let vscode: Vscode;
  before(async () => {
    vscode = await Vscode.open({ folder: join(root, 'test', 'fixtures', 'editor') });
    await vscode.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await vscode.openFile('src/main.rs');
    await vscode.codeLens('Run WASM').click({ timeout: 30_000 });
    await tree().getByRole('treeitem', { name: '"input": ""' }).waitFor(slow);
  });
  after(() => vscode.close());

  const tree = () => vscode.webview().getByRole('tree', { name: 'Output' });
  const button = (name: string) => vscode.webview().getByRole('button', { name, exact: true });
  const rows = () => vscode.webview().getByRole('grid', { name: 'Runs' }).getByRole('row');
  const subtitle = () => vscode.webview().locator('.subtitle');
  const tab = (text: string) => vscode.page.locator('.tab.active', { hasText: text });
  const row = (input: string) => rows().filter({ hasText: input }).first();
  const ofRow = (input: string, name: string) => row(input).getByRole('button', { name, exact: true });

  /** Brings the panel back into sight where an editor was opened over it. */
  const panel = () => vscode.runCommand('WASI: Open Run Panel');

  /** Runs with a text as input. */
  async function runWith(text: string): Promise<void> {
    await button('More Actions').click();
    await vscode.webview().getByRole('menuitem', { name: 'Run with Input…' }).click();
    await vscode.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Type Text' }).click();
    await vscode.page.locator('.quick-input-title', { hasText: 'Input of the Program' }).waitFor();
    await vscode.answer(text);
    await tree()
      .getByRole('treeitem', { name: `"input": "${text}"` })
      .waitFor(slow);
    await row('text').waitFor();
  }

  it('give their output to the clipboard', async () => {
    await button('Copy Output').click();
    await vscode.until(async () => {
      const copied = await vscode.page.evaluate(() => navigator.clipboard.readText());
      return copied === written('');
    });
  });

  it('save it as a file, byte for byte', async () => {
    await button('Save Output As…').click();
    await vscode.page.locator('.quick-input-title', { hasText: 'Save what the program wrote' }).waitFor();
    const path = join(vscode.folder, 'säved.json');
    await vscode.answerPath(path);
    await vscode.until(() => vscode.fileText(path) === written(''));
    assert.deepEqual(readFileSync(path), Buffer.from(written('')));
  });

  it('open it in an editor, where it can be read and not changed', async () => {
    await button('Open Output in Editor').click();
    await tab('output.json').waitFor();
    await vscode.page.locator('.view-line', { hasText: '12345678901234567890' }).first().waitFor();
    await vscode.page.keyboard.type('x');
    await vscode.page.locator('.monaco-editor-overlaymessage', { hasText: 'read-only' }).waitFor();
    await vscode.runCommand('View: Close Editor');
  });

  it('are searched by the keys of the editor', async () => {
    await panel();
    await tree().focus();
    await vscode.page.keyboard.press('Control+f');
    await vscode.page.keyboard.type('long');
    const found = vscode.webview().getByRole('search').getByRole('status');
    await found.getByText('1 of 1').waitFor();
    await vscode.page.keyboard.press('Escape');
  });

  it('are listed, looked back at, and run again as they were', async () => {
    await runWith('two');
    assert.equal(await rows().count(), 2);
    await row('no input').getByRole('button').first().click();
    await tree().getByRole('treeitem', { name: '"input": ""' }).waitFor();
    assert.match(await subtitle().innerText(), /no input/);
    await ofRow('text', 'Repeat This Run').click();
    await tree().getByRole('treeitem', { name: '"input": "two"' }).waitFor(slow);
    await vscode.until(async () => (await rows().count()) === 3);
  });

  it('are saved as cases, each under a name that is free', async () => {
    await button('More Actions').click();
    await vscode.webview().getByRole('menuitem', { name: 'Save Run as Case…' }).click();
    const inputsPath = join(vscode.folder, '.wasi-workbench', 'inputs.json');
    const name = vscode.page.locator('.quick-input-widget input.input');
    await vscode.until(async () => (await name.inputValue()) === 'case 1');
    await vscode.answer('two');
    await tab('inputs.json').waitFor();
    await vscode.page.locator('.view-line', { hasText: '"stdin"' }).waitFor();
    const { cases } = JSON.parse(vscode.fileText(inputsPath)!) as { cases: SavedInput[] };
    assert.deepEqual(
      cases.map(({ stdin }) => stdin),
      [{ text: 'two' }],
    );
    assert.equal(cases[0]!.expect?.exitCode, 0);
    await vscode.runCommand('View: Close Editor');
    // The tests after this one choose their input themselves.
    rmSync(inputsPath);
  });

  it('are compared, and their outputs in the editor’s own diff', async () => {
    await ofRow('no input', 'Compare with the Run in Sight').click();
    const costs = vscode.webview().getByRole('table', { name: 'What they cost' });
    await costs.getByRole('row', { name: /^Fuel/ }).waitFor();
    await vscode.webview().getByText('1 line added, 1 line removed.').first().waitFor();
    await vscode.webview().getByText('Run both with a profile').waitFor();
    await vscode.screenshot('compare');
    await button('Open Diff').first().click();
    await tab('↔').waitFor();
    await vscode.page.locator('.monaco-diff-editor .view-line', { hasText: 'two' }).first().waitFor();
    await vscode.screenshot('compare-diff');
    await vscode.runCommand('View: Close Editor');
  });

  it('are compared by function and line where they were profiled', async () => {
    await panel();
    for (const input of ['short', 'a much longer input']) {
      await runWith(input);
      await button('More Actions').click();
      await vscode.webview().getByRole('menuitem', { name: 'Run and Profile' }).click();
      await vscode.webview().locator('.flame-frame:visible').first().waitFor(slow);
    }
    // The newest is in sight; before it come the run without a profile, and the profiled one of the short input.
    await rows().nth(2).getByRole('button', { name: 'Compare with the Run in Sight' }).click();
    const dearer = vscode.webview().getByRole('table', { name: 'Functions that got dearer or cheaper' });
    await dearer.getByRole('row').nth(1).waitFor();
    await vscode.screenshot('compare-profiled');
  });

  it('are pinned and removed, and outlive a reload of the window', async () => {
    const count = await rows().count();
    await ofRow('no input', 'Pin').click();
    await ofRow('no input', 'Unpin').waitFor();
    await rows().first().getByRole('button', { name: 'Remove', exact: true }).click();
    await vscode.until(async () => (await rows().count()) === count - 1);
    await vscode.runCommand('Developer: Reload Window');
    await vscode.page.waitForEvent('load');
    await ofRow('no input', 'Unpin').waitFor(slow);
    assert.equal(await rows().count(), count - 1);
    await button('Remove All Runs but Pinned Ones').click();
    await vscode.until(async () => (await rows().count()) === 1);
    await row('no input').getByRole('button').first().click();
    await tree().getByRole('treeitem', { name: '"input": ""' }).waitFor();
  });
});
