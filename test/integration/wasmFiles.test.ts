import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { planOfWasmFile } from '../../src/editor/wasmFile/wasmProgram.ts';
import { commands } from '../../src/editor/manifest/commands.ts';
import type { WorkbenchApi } from '../../src/editor/workbenchApi.ts';
import { decodeUtf8 } from '../../src/shared/text.ts';
import { crateWith, planOf, until, workbench, workspaceFolder } from './support.ts';

describe('.wasm files', () => {
  let api: WorkbenchApi;
  let folder: string;
  /** The same program as a component and as a module. */
  const file = (name: string) => join(folder, name);
  before(async () => {
    api = await workbench();
    folder = join(workspaceFolder(), 'built files');
    mkdirSync(folder, { recursive: true });
    const crateDir = crateWith(
      'filed',
      'fn main() { print!("{}", std::io::read_to_string(std::io::stdin()).unwrap()) }',
    );
    for (const target of ['wasm32-wasip2', 'wasm32-wasip1'] as const) {
      const { error } = await api.run({ ...planOf(crateDir, 'filed'), target });
      assert.equal(error, null);
      copyFileSync(
        join(process.env['CARGO_TARGET_DIR']!, target, 'release', 'filed.wasm'),
        file(`${target}.wasm`),
      );
    }
  });

  for (const target of ['wasm32-wasip2', 'wasm32-wasip1'] as const) {
    it(`run as they are, for ${target}, which is found out`, async () => {
      const plan = planOfWasmFile(file(`${target}.wasm`), { kind: 'text', text: 'in' });
      const { result, error } = await api.run(plan);
      assert.equal(error, null);
      assert.equal(decodeUtf8(result!.output), 'in');
      assert.ok(result!.fuel > 0);
      assert.deepEqual([api.shownRun()!.program, api.shownRun()!.target], [`${target}.wasm`, target]);
    });
  }

  it('say what is wrong with them', async () => {
    writeFileSync(file('text.wasm'), 'no WebAssembly');
    const { error } = await api.run(planOfWasmFile(file('text.wasm'), { kind: 'none' }));
    assert.equal(error!.code, 'unknown-format');
    const missing = await api.run(planOfWasmFile(file('missing.wasm'), { kind: 'none' }));
    assert.equal(missing.error!.code, 'file-not-found');
  });

  it('are run again with what was built meanwhile', async () => {
    copyFileSync(file('wasm32-wasip1.wasm'), file('changing.wasm'));
    const plan = planOfWasmFile(file('changing.wasm'), { kind: 'none' });
    assert.equal((await api.run(plan)).result!.target, 'wasm32-wasip1');
    copyFileSync(file('wasm32-wasip2.wasm'), file('changing.wasm'));
    assert.equal((await api.run(plan)).result!.target, 'wasm32-wasip2');
  });

  const shownText = async (name: string) => {
    await vscode.commands.executeCommand(commands.showText.id, vscode.Uri.file(file(name)));
    return vscode.window.activeTextEditor!.document;
  };

  it('are shown as WAT where they are modules', async () => {
    const document = await shownText('wasm32-wasip1.wasm');
    assert.equal(document.languageId, 'wat');
    assert.match(document.getText(), /^\(module [\s\S]*\(import "wasi_snapshot_preview1" "fd_write"/);
    const edited = await vscode.window.activeTextEditor!.edit((edit) =>
      edit.insert(new vscode.Position(0, 0), 'x'),
    );
    assert.ok(!edited || !document.isDirty, 'it is read-only');
  });

  it('are shown as WIT with their imports where they are components, and follow the file', async () => {
    copyFileSync(file('wasm32-wasip2.wasm'), file('followed.wasm'));
    const document = await shownText('followed.wasm');
    assert.equal(document.languageId, 'wit');
    assert.match(document.getText(), /import wasi:cli\/stdin@[\s\S]*export wasi:cli\/run@/);
    writeFileSync(file('followed.wasm'), 'gone');
    await until(() => document.getText().includes('not WebAssembly'));
  });

  it('are never opened as text by themselves', async () => {
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file('wasm32-wasip1.wasm')));
    const { input } = vscode.window.tabGroups.activeTabGroup.activeTab!;
    assert.ok(!(input instanceof vscode.TabInputCustom) || !input.viewType.startsWith('wasi-workbench'));
    assert.ok(!(input instanceof vscode.TabInputText) || input.uri.scheme === 'file');
  });
});
