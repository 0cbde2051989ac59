import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../src/editor/manifest/commands.ts';
import { keyBindings } from '../../src/editor/manifest/menus.ts';
import { decodeUtf8 } from '../../src/shared/text.ts';
import { crateWith, planOf, until, workbench, workspaceFolder } from './support.ts';

describe('the sample program', () => {
  it('is created without writing over anything, and its cases pass', async () => {
    const api = await workbench();
    const folder = vscode.Uri.file(workspaceFolder());
    for (const name of ['first-steps', 'first-steps-2']) {
      await vscode.commands.executeCommand(commands.createSample.id, folder);
      const { document } = vscode.window.activeTextEditor!;
      assert.equal(document.uri.fsPath, join(workspaceFolder(), name, 'src', 'main.rs'));
      assert.ok(existsSync(join(workspaceFolder(), name, '.gitignore')));
    }
    const crateDir = join(workspaceFolder(), 'first-steps');
    await vscode.commands.executeCommand(commands.run.id, planOf(crateDir, 'first-steps'));
    const { result, error, plan } = api.lastRun()!;
    assert.equal(error, null);
    assert.deepEqual(plan.input, { kind: 'case', name: 'small numbers' });
    assert.equal(decodeUtf8(result!.output), '{"numbers": 3, "primes": [2, 104729]}\n');
  });
});

describe('suggested keys', () => {
  it('take none that VS Code has', async () => {
    await workbench();
    const uri = vscode.Uri.parse('vscode://defaultsettings/keybindings.json');
    const text = await until(async () => {
      const found = (await vscode.workspace.openTextDocument(uri)).getText();
      return found.includes('ctrl+k') && found;
    });
    const all = [...text.matchAll(/"key":\s*"([^"]+)"[^{}]*?"command":\s*"([^"]+)"/g)];
    assert.ok(all.length > 500, `${all.length} key bindings`);
    const keys = keyBindings.map(({ key }) => key);
    const taken = all.filter(
      ([, key, command]) => keys.includes(key!) && !command!.startsWith('wasi-workbench.'),
    );
    assert.deepEqual(
      taken.map(([, key, command]) => `${key} ${command}`),
      [],
    );
    // Nor the beginning of a chord of ours, or a chord whose beginning is one of ours.
    assert.deepEqual(
      all.filter(([, key]) => keys.some((own) => key!.startsWith(`${own} `))),
      [],
    );
  });
});

describe('the status beside the language', () => {
  it('says that the toolchain can build, or what it lacks, and what mends that', async () => {
    const api = await workbench();
    const crateDir = join(workspaceFolder(), 'word-count');
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(join(crateDir, 'src', 'main.rs')));
    const shown = await until(() => /^Rust \d/.test(api.toolchainStatus().text) && api.toolchainStatus());
    assert.match(shown.text, /^Rust \d+\.\d+\.\d+ can build for wasm32-wasip2$/);
    assert.equal(shown.command!.command, commands.chooseTarget.id);
    assert.equal(shown.severity, vscode.LanguageStatusSeverity.Information);
  });

  it('says how the process that runs programs fares', async () => {
    const api = await workbench();
    const crateDir = crateWith('executed', 'fn main() {}');
    assert.equal((await api.run(planOf(crateDir, 'executed'))).error, null);
    await until(() => api.executorStatus() === 'The process that runs programs is ready');
  });

  it('says that it crashed, and that it is there again, as does the panel', async () => {
    const api = await workbench();
    const crateDir = crateWith(
      'crashing',
      'fn main() { println!("so far"); loop { std::thread::sleep(std::time::Duration::from_millis(1)) } }',
    );
    const run = api.run(planOf(crateDir, 'crashing'));
    await until(() => {
      const { phase } = api.shownRun()!;
      // It writes before it goes on for ever, and then its fuel is known.
      return phase.kind === 'running' && phase.fuel !== null;
    });
    process.kill((await api.executorProcess())!, 'SIGKILL');
    const { error, result } = await run;
    assert.equal(error!.code, 'executor-crashed');
    assert.equal(decodeUtf8(result!.output), 'so far\n');
    const { headline, error: shown } = api.shownRun()!.outcome!;
    assert.match(headline, /The process that runs programs ended before the program did/);
    assert.match(shown!.hint!, /Run the program again/);
    await until(() => (api.executorStatus() ?? '').endsWith('crashed, and starts again with the next run'));
    assert.equal((await api.run(planOf(crateWith('executed', 'fn main() {}'), 'executed'))).error, null);
    await until(() => api.executorStatus() === 'The process that runs programs is ready');
  });
});
