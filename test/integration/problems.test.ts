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

  it('lead from a macro to the calls that brought it there', async () => {
    const api = await workbench();
    const crateDir = crateWith(
      'macros',
      [
        'macro_rules! inner { ($value:expr) => { let _: u32 = $value; "text" + 1; } }',
        'macro_rules! outer { ($value:expr) => { inner!($value) } }',
        'fn main() {',
        '    outer!(1);',
        '}',
        '',
      ].join('\n'),
    );
    const { document } = await open(join(crateDir, 'src', 'main.rs'));
    assert.equal((await api.run(planOf(crateDir, 'macros'))).error!.code, 'build-failed');
    const problem = await until(() =>
      vscode.languages
        .getDiagnostics(document.uri)
        .find(({ source, severity }) => source === 'cargo' && severity === vscode.DiagnosticSeverity.Error),
    );
    const calls = problem.relatedInformation!.filter(({ message }) =>
      message.startsWith('in this expansion of'),
    );
    assert.deepEqual(
      calls.map(({ message, location }) => [message, location.range.start.line]),
      [
        ['in this expansion of `inner!`', 1],
        ['in this expansion of `outer!`', 3],
      ],
    );
  });

  it('offer what rustc suggests, as long as the line is the one that it has seen', async () => {
    const api = await workbench();
    const crateDir = crateWith('suggested', 'fn main() {\r\n    let unused = 1;\r\n}\r\n');
    const { document } = await open(join(crateDir, 'src', 'main.rs'));
    assert.equal((await api.run(planOf(crateDir, 'suggested'))).error, null);
    const warning = vscode.languages.getDiagnostics(document.uri).find(({ source }) => source === 'cargo')!;
    assert.equal(document.getText(warning.range), 'unused');
    const fixes = async () => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        warning.range,
        vscode.CodeActionKind.QuickFix.value,
        100,
      );
      return actions.filter(({ title }) => /underscore.*`_unused`/.test(title));
    };
    const [fix] = await until(async () => {
      const found = await fixes();
      return found.length > 0 && found;
    });
    const change = new vscode.WorkspaceEdit();
    change.insert(document.uri, new vscode.Position(1, 4), '/* typed since */ ');
    await vscode.workspace.applyEdit(change);
    assert.deepEqual(await fixes(), []);
    const back = new vscode.WorkspaceEdit();
    back.delete(document.uri, new vscode.Range(1, 4, 1, 4 + '/* typed since */ '.length));
    await vscode.workspace.applyEdit(back);
    assert.ok((await fixes()).length > 0);
    assert.ok(await vscode.workspace.applyEdit(fix!.edit!));
    assert.equal(document.getText(), 'fn main() {\r\n    let _unused = 1;\r\n}\r\n');
    assert.equal((await api.run(planOf(crateDir, 'suggested'))).error, null);
    const left = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'cargo');
    assert.deepEqual(left, []);
  });

  it('are not shown twice beside rust-analyzer, and are again once it shows them no more', async () => {
    const api = await workbench();
    const crateDir = crateWith('doubled', 'fn main() {\n    let x: u32 = "text";\n}\n');
    const { document } = await open(join(crateDir, 'src', 'main.rs'));
    const ours = () =>
      vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'cargo');
    await api.run(planOf(crateDir, 'doubled'));
    assert.equal(ours().length, 1);
    const theirs = vscode.languages.createDiagnosticCollection('rust-analyzer');
    const same = new vscode.Diagnostic(ours()[0]!.range, 'mismatched types');
    same.source = 'rustc';
    same.code = 'E0308';
    theirs.set(document.uri, [same]);
    await until(() => ours().length === 0);
    await api.run(planOf(crateDir, 'doubled'));
    assert.equal(ours().length, 0);
    theirs.dispose();
    await until(() => ours().length === 1);
  });
});
