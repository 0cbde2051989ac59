import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { root } from '../../scripts/lib/places.mjs';
import { Vscode } from './vscode.ts';

/** A build on a busy machine. */
const slow = { timeout: 120_000 };
const target = 'wasm32-wasip2';
/** Seconds; what is to end by itself does so within it on a busy machine too. */
const timeLimit = 15;

describe('commands', () => {
  let vscode: Vscode;
  let toolchains: string;
  before(async function () {
    // The toolchain made up here is two shell scripts and symbolic links.
    if (process.platform === 'win32') this.skip();
    toolchains = mkdtempSync(join(tmpdir(), 'toolchains '));
    const before = process.env;
    process.env = { ...before, ...toolchainWithout(target) };
    try {
      vscode = await Vscode.open({
        folder: join(root, 'test', 'fixtures', 'editor'),
        settings: { 'wasi-workbench.limits.maxExecutionSeconds': timeLimit },
      });
    } finally {
      process.env = before;
    }
    await vscode.openFile('Cargo.toml');
  });
  after(async () => {
    await vscode.close();
    rmSync(toolchains, { recursive: true, force: true });
  });

  /** The environment of a rustc that lacks a target, and of a rustup that adds it. */
  function toolchainWithout(missing: string): Record<string, string> {
    const real = execFileSync('rustc', ['--print', 'sysroot'], { encoding: 'utf8' }).trim();
    const sysroot = join(toolchains, 'toolchains', 'lacking');
    const libraries = (of: string) => join(of, 'lib', 'rustlib');
    mkdirSync(libraries(sysroot), { recursive: true });
    for (const name of readdirSync(libraries(real))) {
      if (name !== missing) symlinkSync(join(libraries(real), name), join(libraries(sysroot), name));
    }
    const script = (name: string, text: string) => {
      const path = join(toolchains, name);
      writeFileSync(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
      return path;
    };
    const added = [join(libraries(real), missing), libraries(sysroot)].map((path) => `'${path}'`).join(' ');
    return {
      RUSTC: script('rustc', `exec '${real}/bin/rustc' --sysroot '${sysroot}' "$@"`),
      RUSTUP: script('rustup', `[ "$1 $2 $3" = 'target add ${missing}' ] && ln -s ${added}`),
    };
  }

  const message = (text: string | RegExp): Locator =>
    vscode.page.locator('.notification-toast', { hasText: text }).first();
  const picked = (name: string): Locator =>
    vscode.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first();
  const status = () => vscode.webview().getByRole('region', { name: 'Result' });

  it('asks which of several programs, and offers to install the target it lacks', async () => {
    await vscode.runCommand('WASI: Run');
    await picked('panics').click();
    const offer = message(`The Rust target ${target} is not installed`);
    await offer.waitFor(slow);
    await vscode.screenshot('install-offer');
    await offer.getByRole('button', { name: 'Not Now' }).click();
    await status()
      .getByText(/panicked/)
      .first()
      .waitFor(slow);
  });

  it('remembers the program, and does not ask about the target again', async () => {
    await vscode.runCommand('WASI: Run');
    await status()
      .getByText(/^(?:Building|Running) panics/)
      .waitFor();
    await status()
      .getByText(/panicked/)
      .first()
      .waitFor(slow);
    assert.equal(await message('is not installed').count(), 0);
  });

  it('says that the component was made from wasip1', async () => {
    await vscode.runCommand('WASI: Choose a Program and Run It');
    await picked('flood').click();
    await status().getByText('Succeeded').waitFor(slow);
    await status().getByText('Built for wasm32-wasip1 and adapted into a component').waitFor();
  });

  it('ends a program at the time limit of the settings', async () => {
    await vscode.runCommand('WASI: Choose a Program and Run It');
    await picked('endless').click();
    await status().getByText(`The program did not end within ${timeLimit} seconds.`).waitFor(slow);
    await vscode.webview().getByRole('region', { name: 'Cost' }).getByText('at least').waitFor();
    await status().getByRole('button', { name: 'Raise Limit…' }).waitFor();
  });

  for (const [title, format] of [
    ['wasm32-wasip1', 'P1 module'],
    ['wasm32-unknown-unknown', 'bare module'],
    ['wasm32-wasip2', 'component'],
  ]) {
    it(`builds for ${title}, and runs what was built`, async () => {
      await vscode.runCommand('WASI: Choose a Program and Run It');
      await picked('flood').click();
      await status().getByText('Succeeded').waitFor(slow);
      const built = message(new RegExp(`Built .* for ${title} in .* [KM]iB`));
      // A run is in the list once it has ended.
      const runs = vscode.webview().locator('#runs [role=row]');
      const before = await runs.count();
      // The message goes after ten seconds, and one that moves up as another goes may take a press for none.
      await vscode.insist(async () => {
        await vscode.runCommand(`WASI: Build for ${title}`);
        await built.waitFor(slow);
        await built.getByRole('button', { name: 'Run' }).click({ timeout: 5000 });
        await runs.nth(before).waitFor({ timeout: 30_000 });
      });
      await vscode.webview().locator('.subtitle', { hasText: title! }).waitFor();
      await status().getByText('Succeeded').waitFor(slow);
      const cost = vscode.webview().getByRole('region', { name: 'Cost' });
      await cost.getByText(format!).first().waitFor(slow);
    });
  }

  it('says beside the language what is missing, with the button that mends it', async () => {
    await vscode.page.locator('.tab', { hasText: 'Cargo.toml' }).click();
    const item = vscode.page.locator('.hover-language-status', { hasText: `lacks the target ${target}` });
    await vscode.insist(async () => {
      await vscode.page.locator('.statusbar-item[id*="languageStatus"]').first().click();
      await item.getByText('Install', { exact: true }).waitFor({ timeout: 15_000 });
    });
    await vscode.screenshot('language-status');
    await vscode.page.keyboard.press('Escape');
  });

  it('installs the target where that is wanted', async () => {
    await vscode.runCommand('Developer: Reload Window');
    await vscode.page.waitForEvent('load');
    // The last run was for the target that is lacking, and a new window may ask again.
    await vscode.webview().getByRole('button', { name: 'Run Again' }).click(slow);
    const offer = message(`The Rust target ${target} is not installed`);
    await offer.getByRole('button', { name: 'Install' }).click(slow);
    await status().getByText('Succeeded').waitFor(slow);
    assert.ok(readdirSync(join(toolchains, 'toolchains', 'lacking', 'lib', 'rustlib')).includes(target));
    assert.equal(await status().getByText('adapted').count(), 0);
  });

  it('builds for what is chosen, and runs as the choices say from then on', async () => {
    await vscode.openFile('src/bin/flood.rs');
    await vscode.runCommand('WASI: Build…');
    await picked('wasm32-unknown-unknown').click();
    await message(/Built flood for wasm32-unknown-unknown in .* [KM]iB/).waitFor(slow);
    await vscode.runCommand('Notifications: Clear All Notifications');
    // As a click on the target beside Run WASM does.
    await vscode.codeLens(target).click();
    await picked('wasm32-wasip1').click();
    await vscode.codeLens('wasm32-wasip1').waitFor();
    await vscode.runCommand('WASI: Choose Build Profile');
    await picked('dev').click();
    const settings = join(vscode.folder, '.vscode', 'settings.json');
    await vscode.until(
      () => vscode.fileText(settings)?.includes('"wasi-workbench.build.profile": "dev"') === true,
    );
    await vscode.runCommand('WASI: Run');
    await vscode.webview().locator('.subtitle', { hasText: 'wasm32-wasip1 · dev' }).waitFor(slow);
    await status().getByText('Succeeded').waitFor(slow);
    await vscode.runCommand('WASI: Run Last Again');
    await status()
      .getByText(/^(?:Building|Running) flood/)
      .waitFor();
    await status().getByText('Succeeded').waitFor(slow);
  });

  it('says that no target is missing, clears what it keeps, and shows its log', async () => {
    await vscode.runCommand('WASI: Install Wasm Targets');
    await message('Every wasm target is installed').waitFor(slow);
    await vscode.runCommand('WASI: Clear Caches');
    await message('Adapted and optimised programs are deleted').waitFor();
    await vscode.runCommand('WASI: Show Log');
    const line = vscode.page.locator('.view-line', { hasText: 'flood: succeeded, fuel' });
    await line.first().waitFor();
    await vscode.screenshot('log');
  });

  it('lists no command that does nothing now', async () => {
    assert.deepEqual(await vscode.listedCommands('WASI: Stop'), []);
    assert.deepEqual(await vscode.listedCommands('WASI: Restart Checks'), ['WASI: Restart Checks']);
  });

  it('begins the inputs file where the Testing view is empty', async () => {
    await vscode.runCommand('Testing: Focus on Test Explorer View');
    const welcome = vscode.page.locator('.welcome-view', { hasText: 'kept in a file of its crate' });
    await welcome.waitFor();
    await vscode.screenshot('testing-empty');
    await welcome.getByText('Open Inputs File').click();
    await vscode.page.locator('.tab.active', { hasText: 'inputs.json' }).waitFor();
  });
});
