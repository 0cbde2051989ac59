import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { crateWith, open, planOf, until, workbench } from './support.ts';

describe('problems', () => {
  it('appear where rustc found them, and clear once they are mended', async () => {
    const api = await workbench();
    const crateDir = crateWith(
      'broken',
      'fn main() {\n    /* 😀 */ let x: u32 = "text";\n    let unused = 1;\n}\n',
    );
    const editor = await open(join(crateDir, 'src', 'main.rs'));
    const { uri } = editor.document;
    const shown = () => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'cargo');

    const { error } = await api.run(planOf(crateDir, 'broken'));
    assert.equal(error!.code, 'build-failed');
    const mismatch = await until(() =>
      shown().find(({ severity }) => severity === vscode.DiagnosticSeverity.Error),
    );
    assert.match(mismatch.message, /mismatched types/);
    assert.equal(editor.document.getText(mismatch.range), '"text"');
    assert.equal((mismatch.code as { value: string }).value, 'E0308');
    assert.ok((mismatch.relatedInformation ?? []).length > 0);

    const all = new vscode.Range(0, 0, editor.document.lineCount, 0);
    await editor.edit((edit) => edit.replace(all, 'fn main() {\n    let unused = 1;\n}\n'));
    assert.equal((await api.run(planOf(crateDir, 'broken'))).error, null);
    const [warning, ...others] = shown();
    assert.equal(warning!.severity, vscode.DiagnosticSeverity.Warning);
    assert.equal(editor.document.getText(warning!.range), 'unused');
    assert.deepEqual(warning!.tags, [vscode.DiagnosticTag.Unnecessary]);
    assert.deepEqual(others, []);

    await editor.edit((edit) => edit.replace(all, 'fn main() {}\n'));
    assert.equal((await api.run(planOf(crateDir, 'broken'))).error, null);
    assert.deepEqual(shown(), []);
  });
});
