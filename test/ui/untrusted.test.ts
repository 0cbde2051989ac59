import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/lib/places.mjs';
import { Vscode } from './vscode.ts';

describe('an untrusted folder', () => {
  let vscode: Vscode;
  before(async () => {
    vscode = await Vscode.open({
      folder: join(root, 'test', 'fixtures', 'editor'),
      trusted: false,
      settings: { 'security.workspace.trust.startupPrompt': 'never' },
    });
  });
  after(() => vscode.close());

  it('gets a lens that says what is missing in place of one that runs', async () => {
    await vscode.openFile('src/main.rs');
    await vscode.codeLens('Trust this folder').waitFor({ timeout: 30_000 });
    await vscode.codeLens('Run WASM').waitFor({ state: 'detached' });
  });

  it('is neither built nor run, and a command says why', async () => {
    await vscode.runCommand('WASI: Run');
    const message = vscode.page.locator('.notification-toast', { hasText: 'This folder is not trusted' });
    await message.waitFor();
    await message.getByRole('button', { name: 'Manage Trust' }).click();
    await vscode.page.locator('.workspace-trust-editor').waitFor();
  });

  it('says of a setting that chooses what is executed that it waits for trust', async () => {
    mkdirSync(join(vscode.folder, '.vscode'));
    const settings = { 'wasi-workbench.build.profile': 'dev' };
    writeFileSync(join(vscode.folder, '.vscode', 'settings.json'), JSON.stringify(settings));
    await vscode.runCommand('Preferences: Open Workspace Settings');
    const shown = (title: string) => vscode.page.locator('.setting-item-contents', { hasText: title });
    await vscode.page.locator('.settings-editor .suggest-input-container').click();
    await vscode.page.keyboard.type('wasi-workbench.build.profile');
    await shown('Build: Profile').getByText('Requires workspace trust').waitFor();
    await vscode.screenshot('untrusted-settings');
  });
});
